/* browser.js - a person at an office PC: real Chromium, real clicks and keys, no script running in the page unless asked
 * for. Reads one command a line from its input, stops at the first that does not come true.
 *
 *   open ADDRESS            press SELECTOR          shot FILE          size WIDTH HEIGHT
 *   fill SELECTOR = TEXT    choose SELECTOR = VALUE file SELECTOR = FILE
 *   media print           (as the page looks on paper)
 *   see TEXT                hide TEXT               value SELECTOR = TEXT   count SELECTOR = N
 *   script on|off           drop SELECTOR = FILE FILE ...
 *   draw SELECTOR = LEFT TOP WIDTH HEIGHT           colour SELECTOR = X Y NAME
 *
 * drop is from a folder of the desktop and waits for the next page; draw drags the mouse over a part of the element, in
 * percent; colour is that of a pixel of a picture.
 *
 * Talks to the browser over two pipes (--remote-debugging-pipe), so it needs nothing but node and chromium. */
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const readline = require('readline');
const os = require('os');
const path = require('path');

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'elutong-browser-'));
const WAIT_MS = 30000;
const browser = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
	'--no-first-run', '--hide-scrollbars', '--ignore-certificate-errors', '--remote-debugging-pipe',
	'--user-data-dir=' + profile, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
let next = 1, session;
const waiting = new Map();
let listeners = [];

function send(method, params) {
	const id = next++;
	browser.stdio[3].write(JSON.stringify({ id, method, params: params || {}, sessionId: session }) + '\0');
	return new Promise((good, bad) => waiting.set(id, { good, bad }));
}
let rest = Buffer.alloc(0);
browser.stdio[4].on('data', (bytes) => {
	rest = Buffer.concat([rest, bytes]);
	for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1)) {
		const m = JSON.parse(rest.subarray(0, end).toString());
		if (m.id === undefined) {
			listeners = listeners.filter((l) => !l(m));
			continue;
		}
		const w = waiting.get(m.id);
		waiting.delete(m.id);
		if (m.error) w.bad(new Error(m.error.message)); else w.good(m.result);
	}
});
function event(method) {
	return new Promise((good, bad) => {
		const late = setTimeout(() => bad(new Error('no ' + method)), WAIT_MS);
		listeners.push((m) => {
			if (m.method !== method) return false;
			clearTimeout(late);
			good(m.params);
			return true;
		});
	});
}
async function ask(expression) {
	const r = await send('Runtime.evaluate', { expression, returnByValue: true });
	if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception.description);
	return r.result.value;
}
const quoted = (s) => JSON.stringify(s);
const one = (selector) => `(document.querySelector(${quoted(selector)}) || (() => { throw 'nothing is ' + ${quoted(selector)} })())`;

/* Where a finger would press: the middle of the element, brought into view. */
async function middle(selector) {
	return ask(`(() => { const e = ${one(selector)}; e.scrollIntoView({block: 'center'});
		const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2, at = document.elementFromPoint(x, y);
		if (!at || !(e === at || e.contains(at) || at.contains(e) || (at.labels === undefined && at.closest('label') && at.closest('label').contains(e))))
			throw 'something covers ' + ${quoted(selector)};
		return {x, y}; })()`);
}
async function click(selector) {
	const { x, y } = await middle(selector);
	for (const type of ['mousePressed', 'mouseReleased'])
		await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
}
async function page_text() {
	return (await ask('document.body.innerText')).replace(/\s+/g, ' ');
}
async function settle(done) {
	const loaded = event('Page.loadEventFired');
	await done();
	await loaded;
}

const commands = {
	open: (a) => settle(() => send('Page.navigate', { url: a })),
	press: (a) => settle(() => click(a)),
	tick: (a) => click(a),
	fill: async (a, b) => {
		await click(a);
		await ask(`${one(a)}.select()`);
		if (b === '') {
			for (const type of ['keyDown', 'keyUp'])
				await send('Input.dispatchKeyEvent', { type, key: 'Delete', code: 'Delete', windowsVirtualKeyCode: 46 });
		} else {
			await send('Input.insertText', { text: b });
		}
	},
	choose: (a, b) => ask(`(() => { const e = ${one(a)}; e.value = ${quoted(b)}; if (e.value !== ${quoted(b)}) throw 'no such choice'; })()`),
	file: async (a, b) => {
		const { root } = await send('DOM.getDocument');
		const { nodeId } = await send('DOM.querySelector', { nodeId: root.nodeId, selector: a });
		await send('DOM.setFileInputFiles', { nodeId, files: [b] });
	},
	script: (a) => send('Emulation.setScriptExecutionDisabled', { value: a !== 'on' }),
	drop: (a, b) => settle(async () => {
		const { x, y } = await middle(a);
		const data = { items: [], files: b.split(' '), dragOperationsMask: 1 };
		for (const type of ['dragEnter', 'dragOver', 'drop']) await send('Input.dispatchDragEvent', { type, x, y, data });
	}),
	colour: async (a, b) => {
		const [x, y, name] = b.split(' ');
		const near = { red: [220, 20, 20], green: [20, 200, 20], blue: [20, 20, 220], white: [255, 255, 255], black: [0, 0, 0] };
		const got = await ask(`(() => { const e = ${one(a)}, c = document.createElement('canvas');
			c.width = e.naturalWidth; c.height = e.naturalHeight; const d = c.getContext('2d'); d.drawImage(e, 0, 0);
			return [...d.getImageData(c.width * ${Number(x)} / 100, c.height * ${Number(y)} / 100, 1, 1).data]; })()`);
		if (near[name].some((v, i) => Math.abs(v - got[i]) > 25)) throw new Error('is ' + got);
	},
	draw: async (a, b) => {
		const [left, top, width, height] = b.split(' ').map(Number);
		const r = await ask(`(() => { const e = ${one(a)}; e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();
			return {x: r.x, y: r.y, width: r.width, height: r.height}; })()`);
		const go = (type, x, y) => send('Input.dispatchMouseEvent', { type, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1,
			clickCount: 1, x: r.x + r.width * x / 100, y: r.y + r.height * y / 100 });
		await go('mousePressed', left, top);
		for (let i = 1; i <= 5; i++) await go('mouseMoved', left + width * i / 5, top + height * i / 5);
		await go('mouseReleased', left + width, top + height);
	},
	see: async (a) => {
		const text = await page_text();
		if (!text.includes(a)) throw new Error('not to be seen; the page says: ' + text.slice(0, 1500));
	},
	hide: async (a) => {
		if ((await page_text()).includes(a)) throw new Error('is to be seen');
	},
	value: async (a, b) => {
		const got = await ask(`${one(a)}.value`);
		if (got !== b) throw new Error('is ' + got);
	},
	count: async (a, b) => {
		const got = await ask(`document.querySelectorAll(${quoted(a)}).length`);
		if (got !== Number(b)) throw new Error('there are ' + got);
	},
	size: (a) => {
		const [width, height] = a.split(' ').map(Number);
		return send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
	},
	media: (a) => send('Emulation.setEmulatedMedia', { media: a }),
	shot: async (a) => {
		const shot = await send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
		fs.writeFileSync(a, Buffer.from(shot.data, 'base64'));
	},
};

async function run() {
	const { targetInfos } = await send('Target.getTargets');
	const target = targetInfos.find((t) => t.type === 'page');
	session = (await send('Target.attachToTarget', { targetId: target.targetId, flatten: true })).sessionId;
	await send('Page.enable');
	await send('DOM.enable');
	await send('Emulation.setScriptExecutionDisabled', { value: true });
	await commands.size('1440 900');
	for await (const line of readline.createInterface({ input: process.stdin })) {
		const m = /^\s*([a-z]+) (.*)$/.exec(line);
		if (m === null || m[1].startsWith('#')) continue;
		const at = m[2].indexOf(' = ');
		const pair = ['fill', 'choose', 'file', 'value', 'count', 'drop', 'draw', 'colour'].includes(m[1]);
		try {
			await (pair ? commands[m[1]](m[2].slice(0, at), m[2].slice(at + 3)) : commands[m[1]](m[2]));
		} catch (e) {
			console.error(line.trim() + ': ' + (e.message || e));
			return 1;
		}
	}
	return 0;
}
function end(code) {
	browser.once('exit', () => {
		/* Its helpers may still be writing, so what came after the folder was listed is listed anew;
		 * rmSync's own retries do not. A folder that stays says nothing about the page. */
		let left = 50;
		const clear = () => {
			try {
				fs.rmSync(profile, { recursive: true, force: true });
			} catch (e) {
				if (--left > 0) return void setTimeout(clear, 100);
			}
			process.exit(code);
		};
		clear();
	});
	browser.kill();
}
browser.on('error', () => { console.error('no browser'); process.exit(2); });
run().then(end, (e) => { console.error(e.message); end(1); });
