// Behaviours of about 50 lines each, wired by data attributes. Served as one file: agency/statics.py writes the imports out.
import "./behaviours/theme.js";
import "./behaviours/toast.js";
import "./behaviours/confirm.js";
import "./behaviours/palette.js";
import "./behaviours/drawer.js";
import "./behaviours/in-sight.js";
import "./behaviours/menu.js";
import "./behaviours/print.js";
import "./behaviours/submit-once.js";
import "./behaviours/copy.js";
import "./behaviours/countdown.js";
import "./behaviours/draft.js";
import "./behaviours/dropzone.js";
import "./behaviours/offline.js";
import "./behaviours/outbox.js";
import "./behaviours/failed.js";
