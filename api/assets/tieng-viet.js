/* Beside Streamlit's page: its leftover English words in Vietnamese, and a calm word about the connection.
   Tried on Streamlit 1.67.0. Nothing here is needed for an answer to be saved. */
(() => {
  "use strict";

  const here = document.currentScript;
  const said = here.dataset;
  const vietnamese = document.documentElement.lang === "vi";

  /* Streamlit would first ask beside the page's own address and only then at the root, and open the
     connection after that; told where its server is, it connects at once. Told our theme, it begins with it
     and does not fetch a typeface of its own first. Its error dialogs would cover what is being typed: the
     banner below takes their place. */
  const theme = {
    base: 0,
    primaryColor: "#0F5C6E",
    backgroundColor: "#FFFFFF",
    secondaryBackgroundColor: "#F2F6F7",
    textColor: "#1D2B30",
    bodyFont: "'Be Vietnam Pro', 'Noto Sans', 'Segoe UI', Arial, sans-serif",
    headingFont: "'Be Vietnam Pro', 'Noto Sans', 'Segoe UI', Arial, sans-serif",
  };
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin,
    LIGHT_THEME: theme,
    DARK_THEME: theme,
    HOST_CONFIG: {
      allowedOrigins: [location.origin],
      useExternalAuthToken: false,
      enableCustomParentMessages: false,
      blockErrorDialogs: true,
    },
  };

  /* Charts are laid out on the server for a wide or a narrow window, so it is told the width: the same border
     as in report/charts/theme.py. A page with charts holds nothing half typed and is drawn anew when the
     window crosses it, as when a telephone is turned. */
  const NARROW_BELOW = 700;
  const tellWidth = () => { document.cookie = `be_rong=${innerWidth}; path=/; SameSite=Lax`; };
  tellWidth();
  let narrow = innerWidth < NARROW_BELOW;
  let resizing = 0;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => {
      tellWidth();
      const crossed = narrow !== innerWidth < NARROW_BELOW;
      narrow = innerWidth < NARROW_BELOW;
      if (crossed && document.querySelector("[data-testid=stPlotlyChart]")) location.reload();
    }, 400);
  });

  /* Months, weekdays and dates come from the browser's own words, in the language it claims to have. */
  if (vietnamese) {
    Object.defineProperty(navigator, "language", { configurable: true, get: () => "vi-VN" });
    Object.defineProperty(navigator, "languages", { configurable: true, get: () => ["vi-VN", "vi"] });
  }

  const ATTRIBUTES = ["title", "aria-label", "placeholder", "data-title", "aria-valuetext"];

  const WORDS = new Map(Object.entries({
    /* the state of the app */
    "Connecting": "Đang kết nối",
    "Connecting to Streamlit server": "Đang kết nối với máy chủ",
    "Unable to connect to Streamlit server": "Không kết nối được với máy chủ",
    "Error": "Lỗi",
    "Error:": "Lỗi:",
    "Running...": "Đang xử lý…",
    "Stop": "Dừng",
    "Stopping...": "Đang dừng…",
    "Rerun": "Chạy lại",
    "Always rerun": "Luôn chạy lại",
    "File change.": "Chương trình vừa được cập nhật.",
    "Please wait...": "Xin chờ…",
    "Loading": "Đang tải",
    "Loading...": "Đang tải…",
    "Your app is having trouble loading the component.": "Một phần của trang chưa tải được.",
    /* dialogs */
    "Connection error": "Lỗi kết nối",
    "Connection timed out.": "Máy chủ chưa trả lời kịp.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Máy chủ chưa trả lời. Hãy kiểm tra kết nối Internet.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Máy chủ chưa trả lời. Nếu kéo dài, hãy báo người quản trị.",
    "Script execution error": "Trang này gặp lỗi",
    "Bad message format": "Dữ liệu nhận được bị hỏng",
    "Page not found": "Không tìm thấy trang",
    "The page that you have requested does not seem to exist": "Trang bạn yêu cầu không có",
    "No message": "Không có nội dung",
    "Cannot load Streamlit frontend code. This can happen when you update Streamlit while a Streamlit app is running.":
      "Chưa tải được một phần của trang, có thể vì máy chủ vừa được cập nhật.",
    "To fix this, simply reload this app by pressing": "Hãy tải lại trang bằng phím",
    "Network issue": "Lỗi đường truyền",
    "Try again": "Thử lại",
    "Retry": "Thử lại",
    "Continue anyway": "Vẫn tiếp tục",
    "Cancel": "Hủy",
    "Close": "Đóng",
    "Dismiss": "Đóng",
    "Learn more": "Tìm hiểu thêm",
    "Clear caches": "Xóa bộ nhớ đệm",
    /* around the page */
    "Skip to main content": "Đến thẳng nội dung chính",
    "Main menu": "Thực đơn chính",
    "Menu": "Thực đơn",
    "App pages": "Các trang",
    "App Logo": "Biểu trưng",
    "Sidebar": "Thanh bên",
    "Expand sidebar": "Mở thanh bên",
    "Collapse sidebar": "Thu thanh bên",
    "Navigate to home page": "Về trang chủ",
    "Notifications": "Thông báo",
    "Scroll tabs left": "Cuộn các thẻ sang trái",
    "Scroll tabs right": "Cuộn các thẻ sang phải",
    "View less": "Thu gọn",
    "Link to heading": "Liên kết đến mục này",
    "Help": "Giải thích",
    "Theme": "Giao diện",
    "Settings": "Cài đặt",
    "Print": "In",
    "About": "Giới thiệu",
    /* fields */
    "Press Enter to apply": "Nhấn Enter để ghi nhận",
    "Press Enter to submit form": "Nhấn Enter để gửi",
    "Press Ctrl+Enter to apply": "Nhấn Ctrl+Enter để ghi nhận",
    "Press Ctrl+Enter to submit form": "Nhấn Ctrl+Enter để gửi",
    "Press ⌘+Enter to apply": "Nhấn ⌘+Enter để ghi nhận",
    "Press ⌘+Enter to submit form": "Nhấn ⌘+Enter để gửi",
    "This field is required.": "Chưa nhập ô này.",
    "Invalid input.": "Giá trị không hợp lệ.",
    "Choose an option": "Chọn một mục",
    "Choose options": "Chọn các mục",
    "Choose or add an option": "Chọn hoặc thêm một mục",
    "Choose or add options": "Chọn hoặc thêm các mục",
    "Add an option": "Thêm một mục",
    "No options to select": "Không có mục nào",
    "No options to select.": "Không có mục nào.",
    "No results": "Không có kết quả",
    "Select all": "Chọn tất cả",
    "Selected values": "Các mục đã chọn",
    "Selectbox": "Ô chọn",
    "Selectbox options": "Các mục",
    "Multiselect": "Ô chọn nhiều mục",
    "Multiselect options": "Các mục",
    "Show suggestions": "Hiện các gợi ý",
    "Open": "Mở",
    "Clear": "Xóa",
    "Clear all": "Xóa tất cả",
    "Clear value": "Xóa giá trị",
    "Clear entry": "Xóa nội dung",
    "Increment": "Tăng",
    "Decrement": "Giảm",
    "Show password": "Hiện mật khẩu",
    "Show password text": "Hiện mật khẩu",
    "Hide password": "Ẩn mật khẩu",
    "Hide password text": "Ẩn mật khẩu",
    /* dates */
    "Choose date": "Chọn ngày",
    "Choose date range": "Chọn khoảng ngày",
    "Choose date and time": "Chọn ngày giờ",
    "Clear date": "Xóa ngày",
    "Clear dates": "Xóa các ngày",
    "Date range": "Khoảng ngày",
    "Calendar": "Lịch",
    "Start Date": "Ngày đầu",
    "End Date": "Ngày cuối",
    "Next": "Sau",
    "Previous": "Trước",
    "Next month": "Tháng sau",
    "Previous month": "Tháng trước",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Dùng phím mũi tên để đổi ngày, Enter để chọn, Esc để đóng.",
    "Quick select a date range": "Chọn nhanh khoảng ngày",
    "Past Week": "Tuần qua",
    "Past Month": "Tháng qua",
    "Past 3 Months": "3 tháng qua",
    "Past 6 Months": "6 tháng qua",
    "Past Year": "Năm qua",
    "Past 2 Years": "2 năm qua",
    /* files */
    "Upload": "Chọn tệp",
    "Browse files": "Chọn tệp",
    "Add files": "Thêm tệp",
    "Drag and drop a file here": "Kéo và thả tệp vào đây",
    "Drag and drop file here": "Kéo và thả tệp vào đây",
    "Drag and drop files here": "Kéo và thả các tệp vào đây",
    "Dropzone": "Nơi thả tệp",
    "file upload": "tải tệp lên",
    "Upload failed": "Chưa tải lên được",
    "Click to retry upload": "Bấm để tải lên lại",
    "Too many files": "Quá nhiều tệp",
    "Download failed": "Chưa tải về được",
    "Download Button": "Nút tải về",
    "Delete": "Xóa",
    "Previous page": "Trang trước",
    "Next page": "Trang sau",
    "Pagination": "Chuyển trang",
    /* tables and charts */
    "Search": "Tìm",
    "Fullscreen": "Toàn màn hình",
    "View fullscreen": "Toàn màn hình",
    "Close fullscreen": "Thoát toàn màn hình",
    "Exit fullscreen": "Thoát toàn màn hình",
    "Download as CSV": "Tải về dạng CSV",
    "Show data": "Hiện số liệu",
    "Show chart": "Hiện biểu đồ",
    "Show/hide columns": "Ẩn hoặc hiện cột",
    "Add row": "Thêm dòng",
    "Delete row(s)": "Xóa dòng",
    "Clear selection": "Bỏ chọn",
    "Scrollable table": "Bảng cuộn được",
    "empty": "trống",
    "Copied": "Đã chép",
    "Copy to clipboard": "Chép",
    "Metric": "Chỉ số",
    "progress": "tiến độ",
    "Download plot": "Tải hình về",
    "Download plot as a PNG": "Tải hình PNG về",
    "Zoom": "Phóng to một vùng",
    "Zoom in": "Phóng to",
    "Zoom out": "Thu nhỏ",
    "Pan": "Di chuyển",
    "Autoscale": "Vừa khung",
    "Reset": "Đặt lại",
    "Reset axes": "Đặt lại trục",
    "Reset view": "Đặt lại",
    "Box Select": "Chọn theo khung",
    "Lasso Select": "Chọn theo nét vẽ",
    "Toggle Spike Lines": "Đường dóng",
    "Show closest data on hover": "Hiện điểm gần nhất",
    "Compare data on hover": "So sánh các điểm",
    "Double-click to zoom back out": "Bấm đúp để thu nhỏ lại",
    "Double-click on legend to isolate one trace": "Bấm đúp vào chú giải để chỉ xem một mục",
    "Taking snapshot - this may take a few seconds": "Đang tạo hình, xin chờ vài giây",
    "Sorry, there was a problem downloading your image!": "Chưa tạo được hình. Hãy thử lại.",
  }));

  function inWords(day) {
    const date = new Date(day);
    return Number.isNaN(date.getTime()) ? day : date.toLocaleDateString("vi-VN", { dateStyle: "long" });
  }

  /* Few, anchored, and each with a name or a number in the middle. */
  const PATTERNS = [
    [/^(\d+) options? available\.$/, "Có $1 mục."],
    [/^Choose date, (.+)$/, "Chọn ngày, $1"],
    [/^Selected Date: (.+)$/, (_, day) => `Ngày đã chọn: ${inWords(day)}`],
    [/^Selected Range: (.+) to (.+)$/, (_, first, last) => `Đã chọn: từ ${inWords(first)} đến ${inWords(last)}`],
    [/^Today, (.+) selected$/, "Hôm nay, $1, đang chọn"],
    [/^Today, (.+)$/, "Hôm nay, $1"],
    [/^(.+\d{4}) selected$/, "$1, đang chọn"],
    [/^(\d+) – [A-Z][a-z]+$/, "$1"],
    [/^Help for (.+)$/, "Giải thích: $1"],
    [/^Remove (.+)$/, "Bỏ $1"],
    [/^Cancel upload of (.+)$/, "Thôi tải lên $1"],
    [/^View (\d+) more$/, "Xem thêm $1"],
    [/^Page (\d+)$/, "Trang $1"],
    [/^day, (.+)$/, "ngày, $1"],
    [/^month, (.+)$/, "tháng, $1"],
    [/^year, (.+)$/, "năm, $1"],
    [/^Select (\d+) matches$/, "Chọn $1 mục khớp"],
    [/^([\d.]+ ?[KMG]B) per file(.*)$/, "Tối đa $1 mỗi tệp$2"],
    [/^(.+) files are not allowed\.$/, "Không nhận tệp $1."],
    [/^File must be ([\d.]+ ?[KMG]B) or smaller\.$/, "Tệp không được quá $1."],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
      "Chỉ chọn được nhiều nhất $1 mục. Hãy bỏ bớt một mục."],
  ];

  function inVietnamese(text) {
    const bare = text.trim();
    if (!bare || bare.length > 140) return text;
    const exact = WORDS.get(bare);
    if (exact !== undefined) return text.replace(bare, () => exact);
    for (const [pattern, words] of PATTERNS) {
      if (pattern.test(bare)) return bare.replace(pattern, words);
    }
    return text;
  }

  function translateText(node) {
    const now = node.nodeValue;
    const then = inVietnamese(now);
    if (then !== now) node.nodeValue = then;
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const now = element.getAttribute(name);
      if (now === null) continue;
      const then = inVietnamese(now);
      if (then !== now) element.setAttribute(name, then);
    }
  }

  function translateTree(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
    translateAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeName === "SCRIPT" || node.nodeName === "STYLE" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else translateAttributes(node);
    }
    return undefined;
  }

  /* What a person wrote is never touched: fields hold it as a value, not as text. */
  function watchWords() {
    const waiting = new Set();
    const translateWaiting = () => {
      const nodes = [...waiting];
      waiting.clear();
      for (const node of nodes) if (node.isConnected) translateTree(node);
    };
    const observer = new MutationObserver((records) => {
      if (!waiting.size) requestAnimationFrame(translateWaiting);
      for (const record of records) {
        if (record.type === "childList") record.addedNodes.forEach((node) => waiting.add(node));
        else if (record.type === "characterData") waiting.add(record.target);
        else translateAttributes(record.target);
      }
    });
    observer.observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
  }

  /* The connection. Streamlit says how it stands in an attribute; a message without any reply says more,
     since a line can be dead for minutes before anybody closes it. */
  const STATE = "data-test-connection-state";
  const PATIENCE = 8000;
  const GIVE_UP = 25000;
  let state = "";
  let everConnected = false;
  let connected = false;
  let unanswered = 0;
  let timers = [];
  let socket = null;
  let banner = null;
  let shown = "";

  function show(kind) {
    if (kind === shown) return;
    shown = kind;
    if (!banner) {
      banner = document.createElement("p");
      banner.id = "ket-noi";
      banner.setAttribute("role", "status");
      banner.setAttribute("aria-live", "assertive");
      document.body.appendChild(banner);
    }
    banner.hidden = !kind;
    banner.className = kind;
    banner.textContent = kind ? said[kind] : "";
  }

  function judge() {
    const lost = (everConnected && !connected) || navigator.onLine === false;
    if (lost) show("lost");
    else if (unanswered && Date.now() - unanswered >= PATIENCE) show("slow");
    else if (shown === "lost" || shown === "slow") {
      show("back");
      setTimeout(() => shown === "back" && show(""), 3000);
    } else if (shown === "long" && connected) show("");
  }

  function answered() {
    unanswered = 0;
    timers.forEach(clearTimeout);
    timers = [];
    if (shown) judge();
  }

  /* On a dead line the browser waits long for the other side to agree that it is closed; Streamlit need not:
     it closes this connection itself and opens another. */
  function giveUp() {
    if (socket) socket.dispatchEvent(new CloseEvent("close", { code: 4000, wasClean: false }));
  }

  function asked() {
    if (unanswered) return;
    unanswered = Date.now();
    timers = [
      setTimeout(judge, PATIENCE + 10),
      setTimeout(giveUp, GIVE_UP),
    ];
  }

  /* Streamlit drops what is changed while the line is down, and asks for nothing when it is back: let it
     send the fields as they are now, so that such an answer is saved too. */
  function catchUp() {
    for (const type of ["keydown", "keyup"]) document.dispatchEvent(new KeyboardEvent(type, { key: "r" }));
  }

  function stateIs(now) {
    if (now === state) return;
    const before = connected;
    state = now;
    connected = now === "CONNECTED";
    if (!connected) {
      setTimeout(judge, 700); /* a blip is not worth a word */
    } else if (!before) {
      answered();
      judge();
      if (everConnected) setTimeout(catchUp, 50);
      everConnected = true;
    }
  }

  function watchConnection() {
    const Original = window.WebSocket;
    window.WebSocket = class extends Original {
      constructor(...given) {
        super(...given);
        if (!String(given[0]).includes("/_stcore/stream")) return;
        socket = this;
        this.addEventListener("message", answered);
        this.addEventListener("close", answered);
      }

      send(message) {
        if (this === socket) asked();
        return super.send(message);
      }
    };
    new MutationObserver(() => {
      const app = document.querySelector(`[${STATE}]`);
      if (app) stateIs(app.getAttribute(STATE));
    }).observe(document.getElementById("root"), { subtree: true, childList: true, attributeFilter: [STATE] });
    window.addEventListener("offline", judge);
    window.addEventListener("online", judge);
    window.addEventListener("beforeunload", (event) => {
      if (shown === "lost" || shown === "slow") event.preventDefault();
    });
  }

  function watchOpening() {
    setTimeout(() => {
      const opening = document.getElementById("dang-mo");
      if (!opening) {
        if (!everConnected) show("long");
        return;
      }
      const again = document.createElement("a");
      again.href = location.href;
      again.textContent = said.again;
      opening.append(document.createElement("br"), `${said.long} `, again);
    }, 20000);
  }

  /* The question that a person is in stands at the end of the address, so that a reload, a new sign-in in
     another tab or a restarted server leads back to it; a link to a question leads there too. */
  const QUESTION = /^cau-[\w.-]+$/;
  let wanted = QUESTION.test(location.hash.slice(1)) ? location.hash.slice(1) : "";
  let told = null;

  function goToWanted() {
    const marker = document.querySelector("[data-go-to]");
    if (marker && marker !== told) {
      told = marker;
      wanted = marker.dataset.goTo;
    }
    if (!wanted || !document.getElementById(wanted)) return;
    const id = wanted;
    wanted = "";
    /* What stands above it may still grow while the page is being drawn, on an old computer for seconds; whoever
       moves the page in the meantime is left where they are. */
    let moved = false;
    for (const act of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      document.addEventListener(act, (event) => { moved ||= event.isTrusted; }, { capture: true, once: true });
    }
    for (const later of [300, 1200, 3000]) {
      setTimeout(() => moved || document.getElementById(id)?.scrollIntoView({ block: "start" }), later);
    }
  }

  function keepPlace() {
    new MutationObserver(goToWanted).observe(document.getElementById("root"), { subtree: true, childList: true });
    /* Streamlit writes the address anew when it comes back to a restarted server, without what stands at its
       end: as long as the person is in the question, it is put there again. */
    let at = null;
    const sayPlace = () => {
      if (!at || location.hash === `#${at.id}` || `${location.pathname}${location.search}` !== at.page) return;
      history.replaceState(history.state, "", `${at.page}#${at.id}`);
    };
    document.addEventListener("focusin", (event) => {
      const id = event.target.closest?.("[class*='st-key-card-']")?.querySelector(".q-head")?.id;
      if (id) at = { id, page: `${location.pathname}${location.search}` };
      sayPlace();
    });
    setInterval(sayPlace, 1000);
  }
  /* For the other scripts of the page: whether a message is still without a reply, and another connection,
     which carries the cookie of today. */
  window.thuocSo = { waiting: () => unanswered > 0, reconnect: giveUp };

  watchConnection();
  watchOpening();
  keepPlace();
  if (vietnamese) watchWords();
})();
