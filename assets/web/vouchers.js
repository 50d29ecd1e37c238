"use strict";
// The office's one script. Every page works without it: it lets files be dropped onto a row, sends
// them as soon as they are chosen, and lets boxes be drawn with a finger or a mouse.

// --- rows: drop files of any name onto one ---
for (const form of document.querySelectorAll("form.put")) {
	const row = form.closest(".vrow");
	const file = form.querySelector("input[type=file]");
	const send = () => {
		const button = form.querySelector("button");
		if (!file.files.length) return;
		if ([...file.files].reduce((sum, f) => sum + f.size, 0) > 40e6) {
			button.textContent = "一次一共最多 40 MB，请分几次放";
			file.value = "";
			return;
		}
		button.textContent = "正在放 " + file.files.length + " 个文件…";
		button.disabled = true;
		form.submit();
	};
	file.addEventListener("change", send);
	row.addEventListener("dragover", (e) => {
		e.preventDefault();
		row.classList.add("over");
	});
	row.addEventListener("dragleave", () => row.classList.remove("over"));
	row.addEventListener("drop", (e) => {
		e.preventDefault();
		row.classList.remove("over");
		file.files = e.dataTransfer.files;
		send();
	});
}
// Whoever comes back to the page finds it as it is now.
addEventListener("pageshow", (e) => e.persisted && location.reload());
// A file dropped beside a row opens nothing.
addEventListener("dragover", (e) => e.preventDefault());
addEventListener("drop", (e) => e.preventDefault());

// --- boxes: the number fields are the truth, the black squares show them ---
const editor = document.querySelector(".editor");
if (editor) {
	const lines = document.querySelector(".boxes");
	const most = 24;
	const fields = (line) => [...line.querySelectorAll("input")];
	const values = (line) => fields(line).map((f) => (f.value === "" ? NaN : Number(f.value)));
	const show = () => {
		for (const old of editor.querySelectorAll("i")) old.remove();
		for (const line of lines.children) {
			const [left, top, width, height] = values(line);
			if (!(width > 0 && height > 0)) continue;
			const box = document.createElement("i");
			box.style.left = left + "%";
			box.style.top = top + "%";
			box.style.width = width + "%";
			box.style.height = height + "%";
			box.title = "点一下，去掉这个黑框";
			box.addEventListener("click", () => {
				for (const f of fields(line)) f.value = "";
				show();
			});
			editor.append(box);
		}
	};
	const empty = () => {
		for (const line of lines.children)
			if (fields(line).every((f) => f.value === "")) return line;
		if (lines.children.length >= most) return null;
		const line = lines.lastElementChild.cloneNode(true);
		for (const f of fields(line)) {
			f.name = f.name[0] + lines.children.length;
			f.value = "";
		}
		lines.append(line);
		return line;
	};
	const at = (e) => {
		const r = editor.getBoundingClientRect();
		const part = (v, size) => Math.min(100, Math.max(0, (v * 100) / size));
		return [part(e.clientX - r.left, r.width), part(e.clientY - r.top, r.height)];
	};
	let from = null;
	let line = null;
	const stretch = (e) => {
		const [x, y] = at(e);
		const low = (a, b) => Math.floor(Math.min(a, b) * 10) / 10;
		const left = low(x, from[0]);
		const top = low(y, from[1]);
		const size = (a, b, start) => Math.min(Math.ceil((Math.max(a, b) - start) * 10) / 10, 100 - start);
		const put = [left, top, size(x, from[0], left), size(y, from[1], top)];
		fields(line).forEach((f, i) => (f.value = put[i].toFixed(1)));
		show();
	};
	editor.addEventListener("pointerdown", (e) => {
		if (e.target.tagName === "I") return;
		line = empty();
		if (!line) return;
		e.preventDefault();
		from = at(e);
		editor.setPointerCapture(e.pointerId);
	});
	editor.addEventListener("pointermove", (e) => from && stretch(e));
	const end = (e) => {
		if (!from) return;
		stretch(e);
		// A mere touch draws nothing.
		const [, , width, height] = values(line);
		if (width < 0.5 || height < 0.5) for (const f of fields(line)) f.value = "";
		from = null;
		show();
	};
	editor.addEventListener("pointerup", end);
	editor.addEventListener("pointercancel", () => {
		if (from) for (const f of fields(line)) f.value = "";
		from = null;
		show();
	});
	lines.addEventListener("input", show);
	document.body.classList.add("drawn");
	show();
}
