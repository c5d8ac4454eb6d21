"""The payroll officers' part of the month, by hand in a browser."""

from agency.tenancy.context import tenant
from payroll.models import BankBatch, Bill, PayrollRun, Payslip

CLIENT = "南汀制衣（吴江）有限公司"


def confirm(page, button, verb=None):
    """Press a button that asks once more, and answer its question."""
    page.get_by_role("button", name=button).first.click()
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
    with other.expect_download() as bank:
        other.get_by_role("link", name="取代发文件").click()
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
        assert bank.value.suggested_filename.endswith(".xlsx")
        assert PayrollRun.objects.get().state == "paid"
        owed = bill.total_fen
    page.fill("[name=amount_fen]", f"{owed / 100:.2f}")
    page.click("main button[data-variant=primary]")
    page.wait_for_load_state()
    with tenant(agency):
        assert Bill.objects.get().state == "paid"
