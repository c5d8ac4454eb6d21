"""The payroll officers' part of the month, by hand in a browser."""

from agency.tenancy.context import tenant
from payroll.models import BankBatch, Bill, PayrollRun, Payslip, PayslipReceipt
from tests.e2e.downloads import member, rows_of, sum_of, taken
from tests.servicedesk.demo.rendered import fen

CLIENT = "南汀制衣（吴江）有限公司"


def confirm(page, button, verb=None):
    """Press a button that asks once more, answer its question, and wait until the server has done it."""
    page.get_by_role("button", name=button).first.click()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("#confirm-dialog").get_by_role("button", name=verb or button).click()
    page.wait_for_load_state()


def two_payroll_officers_pay_the_wages(agency, enter, period, folder):
    """From the client's sheet to published payslips: one prepares, another approves."""
    page = enter("顾明")
    page.goto("/payroll/runs/new/")
    page.select_option("[name=client]", label=CLIENT)
    page.fill("[name=period]", str(period))
    page.click("main button[data-variant=primary]")
    page.get_by_role("link", name="导入考勤表").click()
    page.set_input_files("[name=file]", folder / "考勤-南汀制衣-10月.csv")
    page.get_by_role("button", name="导入").click()
    page.get_by_role("button", name="就这样导入").click()
    page.get_by_role("button", name="计算").click()
    confirm(page, "送复核")
    address = page.url
    other = enter("陆岚")
    other.goto(address)
    other.locator("tbody .freeze a").first.click()
    other.locator("#drawer").get_by_text("实发").first.wait_for()
    other.keyboard.press("Escape")
    confirm(other, "批准")
    page.goto(address)
    confirm(page, "发工资单", "发布")
    with tenant(agency):
        run = PayrollRun.objects.get(period=str(period))
        assert (run.preparer.name, run.approver.name) == ("顾明", "陆岚")
        assert run.published_at
        assert sum(Payslip.objects.values_list("net_fen", flat=True)) == run.totals["net_fen"]


def the_wages_go_out_and_the_client_agrees_to_its_bill(agency, enter, period):
    """One makes the batch, another releases it; the client agrees by its link, and its money closes the bill."""
    page, other = enter("顾明"), enter("陆岚")
    page.goto(f"/payroll/files/?period={period}")
    page.locator("main").get_by_text("南汀制衣").first.click()
    page.get_by_role("button", name="做一批").click()
    other.goto(page.url)
    confirm(other, "放行")
    bank = rows_of(taken(other, other.get_by_role("link", name="取代发文件")))
    assert sum_of(bank, "金额") == shown(other, "tfoot"), "the file pays what the page says"
    confirm(other, "全部到账")
    page.goto(f"/payroll/bills/?period={period}")
    page.locator("li", has_text="南汀制衣").get_by_role("button", name="出账单").click()
    confirm(page, "发出账单")
    link = page.locator("[data-copy]").get_attribute("data-copy")
    client = enter()
    client.goto(link)
    client.fill("[name=name]", "毛立军")
    client.get_by_role("button", name="我们确认").click()
    client.get_by_text("毛立军").first.wait_for()
    page.reload()
    page.get_by_role("link", name="登记发票").click()
    page.fill("[name=number]", "26320000000000000001")
    page.click("main button[data-variant=primary]")
    page.get_by_role("link", name="收到款").first.click()
    with tenant(agency):
        batch, bill = BankBatch.objects.get(), Bill.objects.get()
        assert (batch.maker.name, batch.releaser.name) == ("顾明", "陆岚")
        assert batch.total_fen == sum(Payslip.objects.values_list("net_fen", flat=True))
        assert PayrollRun.objects.get().state == "paid"
        owed = bill.total_fen
    page.fill("[name=amount_fen]", f"{owed / 100:.2f}")
    page.click("main button[data-variant=primary]")
    page.wait_for_load_state()
    with tenant(agency):
        assert Bill.objects.get().state == "paid"


def a_worker_signs_for_the_payslip(agency, enter):
    """The worker opens the link on a phone, reads the same net pay as the list shows, and signs for it."""
    page = enter("顾明")
    with tenant(agency):
        run = PayrollRun.objects.get()
    page.goto(f"/payroll/runs/{run.pk}/links/")
    row = page.locator("main li.item").first
    net = fen(row.locator(".item-meta").inner_text())
    worker = enter()
    worker.goto(row.locator("[data-copy]").last.get_attribute("data-copy"))
    assert fen(worker.locator("h1").inner_text()) == net
    parts = [fen(part.inner_text()) for part in worker.locator("summary").all()]
    assert parts[0] - abs(parts[1]) == net, "earned less taken off is in hand"
    worker.get_by_role("button", name="看过了，没问题").click()
    worker.get_by_text("谢谢").first.wait_for()
    page.reload()
    page.locator("main .badge", has_text="签收了").first.wait_for()
    with tenant(agency):
        assert PayslipReceipt.objects.exclude(confirmed_at=None).count() == 1


def the_month_is_declared(agency, enter, period):
    """Files for the tax client, the insurance bureau and the VAT evidence add up to the run's own figures."""
    page = enter("陆岚")
    with tenant(agency):
        totals = PayrollRun.objects.get().totals
    tax = rows_of(_made(page, period.next(), "正常工资薪金所得"))
    assert sum_of(tax, "本期收入") == totals["gross_fen"]
    assert sum_of(tax, "住房公积金") == totals["employee_fund_fen"]
    insurance = rows_of(_made(page, period, "苏州"))
    assert any("身份证" in str(cell) or "证件" in str(cell) for row in insurance for cell in row)
    evidence = _made(page, period, "南汀制衣", last=True)
    assert sum_of(rows_of(member(evidence, "工资支付记录.xlsx")), "实发") == totals["net_fen"]


def _made(page, period, title, last=False):
    """Make a file on the page of files and take it."""
    page.goto(f"/payroll/files/?period={period}")
    rows = page.locator("li.file-maker", has_text=title)
    row = rows.last if last else rows.first
    row.get_by_role("button", name="生成").click()
    page.wait_for_load_state()
    return taken(page, row.get_by_role("link", name="取文件"))


def shown(page, selector):
    """Return the first amount a part of the page shows, in fen; hidden on the phone, it is read all the same."""
    return fen(page.locator(selector).first.text_content())
