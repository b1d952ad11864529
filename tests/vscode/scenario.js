// What a person does with the extension in VS Code, in a browser: opens a folder, reads what is wrong,
// completes, renames, and looks at the output. `scenario.js SERVER VSIX PROGRAM SHOTS`: the folder of VS
// Code's server, the extension, todoc, and a folder for screenshots. Ends with status 0 if all came so.
'use strict';

const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const puppeteer = require('puppeteer-core');

const [server, vsix, program, shots] = process.argv.slice(2).map(it => path.resolve(it));
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** A busy machine takes its time. */
const PATIENCE = 180_000;

const TEXT = `app notes

tier web {
  image "nginx:1.29"
  prot 80
  expose nodeport 30080
}

tier api {
  image "api:1"
  port 8000
  needs web
  env { PAGE = web.url }
}
`;

const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function until(what, is) {
    const end = Date.now() + PATIENCE;
    for (;;) {
        const seen = await is().catch(() => undefined);
        if (seen) {
            console.log(`ok: ${what}`);
            return seen;
        }
        if (Date.now() > end) {
            throw new Error(`never came: ${what}`);
        }
        await wait(200);
    }
}

/** Starts VS Code, and gives its process and address. */
async function code(home) {
    const folders = ['--server-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')];
    const main = path.join(server, 'out/server-main.js');
    const common = [main, '--accept-server-license-terms', '--telemetry-level', 'off', ...folders];
    execFileSync(process.execPath, [...common, '--install-extension', vsix], { stdio: 'ignore' });
    const running = spawn(
        process.execPath,
        [...common, '--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
        { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    let said = '';
    running.stdout.on('data', data => (said += data));
    const port = await until('the server of VS Code', async () => /listening on (\d+)/.exec(said)?.[1]);
    return { running, address: `http://127.0.0.1:${port}` };
}

async function scenario(page, folder) {
    let number = 0;
    const shot = name => page.screenshot({ path: path.join(shots, `${++number}-${name}.png`) });
    const text = () => page.$eval('.editor-instance .view-lines', it => it.innerText.replaceAll('\u00a0', ' '));
    const has = (selector, wanted) => () =>
        page.$$eval(selector, (all, wanted) => all.some(it => it.innerText.replaceAll('\u00a0', ' ').includes(wanted)), wanted);
    const command = async name => {
        await page.keyboard.press('F1');
        await until('the list of commands', () => page.$('.quick-input-widget:not([style*="display: none"]) input'));
        await page.keyboard.type(name);
        await until(`the command ${name}`, has('.quick-input-list .monaco-list-row', name));
        await page.keyboard.press('Enter');
    };
    const goto = async place => {
        await page.keyboard.down('Control');
        await page.keyboard.press('g');
        await page.keyboard.up('Control');
        await until('a place to go to', () => page.$('.quick-input-widget:not([style*="display: none"]) input'));
        await page.keyboard.type(place);
        await page.keyboard.press('Enter');
        const [line, column] = place.split(':');
        await until(`the cursor at ${place}`, has('.statusbar-item', `Ln ${line}, Col ${column}`));
        await until('the text has the keys', () => page.evaluate(() => Boolean(document.activeElement?.closest('.editor-instance'))));
    };

    await until('the file in the explorer', has('.explorer-folders-view .monaco-list-row', 'app.todo'));
    const row = await page.evaluateHandle(() =>
        [...document.querySelectorAll('.explorer-folders-view .monaco-list-row')].find(it => it.innerText.includes('app.todo')));
    await row.asElement().click({ count: 2 });
    await until('the text', async () => (await text()).includes('app notes'));
    await until('the language', has('.statusbar-item', 'todoc'));
    await until('the question of trust', () => page.$('.monaco-dialog-box .monaco-button:last-of-type'));
    await shot('untrusted');
    await page.evaluate(() =>
        [...document.querySelectorAll('.monaco-dialog-box .monaco-button')].find(it => it.innerText.includes('Yes')).click());
    await until('a mistake is underlined', () => page.$('.squiggly-error'));
    await shot('diagnostics');

    // The mistake is mended.
    await goto('5:1');
    await page.keyboard.down('Shift');
    await page.keyboard.press('End');
    await page.keyboard.up('Shift');
    await page.keyboard.type('  port 80');
    await until('no mistake', async () => !(await page.$('.squiggly-error')));
    await until('a hint with the URL', async () => (await text()).includes('http://notes-web'));

    // A statement is completed.
    await page.keyboard.press('Enter');
    await page.keyboard.type('memo');
    await until('completion', has('.suggest-widget .monaco-list-row', 'memory'));
    await shot('completion');
    await page.keyboard.press('Tab');
    await until('a snippet', async () => (await text()).includes('memory 128Mi..512Mi'));
    await page.keyboard.press('Escape');

    // A tier is renamed, where it is declared and where it is named.
    await goto('3:7');
    await page.keyboard.press('F2');
    // It has the name in it, which is selected.
    await until('a box for the name', () => page.evaluate(() => Boolean(document.activeElement?.closest('.rename-box'))));
    await until('the old name in it', () => page.evaluate(() => document.activeElement?.value === 'web'));
    await page.keyboard.type('page');
    await page.keyboard.press('Enter');
    // Whether its objects keep their names is for a person to say: here they don't.
    const apply = await until('what would change', () => page.$('.bulk-edit-panel .monaco-button'));
    await shot('what-would-change');
    await apply.click();
    await until('the new name', async () => {
        const now = await text();
        return now.includes('tier page {') && now.includes('needs page') && now.includes('page.url');
    });
    await shot('rename');

    // The output beside the text, of what isn't saved.
    await goto('10:8');
    await command('todoc: Open Output Beside');
    await until('the output', has('.editor-instance .view-lines', 'kind: Deployment'));
    await shot('output');
    await goto('12:8');
    await until('lines that are marked', async () => page.$('.editor-instance .view-overlays .cdr[class*="ced-"]'));
    await shot('in-step');

    await page.keyboard.down('Control');
    await page.keyboard.press('s');
    await page.keyboard.up('Control');
    await until('the saved file', async () => fs.readFileSync(path.join(folder, 'app.todo'), 'utf8').includes('tier page {'));
}

async function main() {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'todoc-code-'));
    const folder = path.join(home, 'notes');
    fs.mkdirSync(folder);
    fs.mkdirSync(path.join(home, 'data/data/Machine'), { recursive: true });
    fs.mkdirSync(shots, { recursive: true });
    fs.writeFileSync(path.join(folder, 'app.todo'), TEXT);
    const settings = {
        'todoc.path': program,
        'workbench.startupEditor': 'none',
        'telemetry.telemetryLevel': 'off',
        'extensions.autoCheckUpdates': false,
    };
    fs.writeFileSync(path.join(home, 'data/data/Machine/settings.json'), JSON.stringify(settings));
    let browser;
    let started;
    let failed;
    try {
        started = await code(home);
        browser = await puppeteer.launch({
            executablePath: CHROMIUM,
            timeout: PATIENCE,
            protocolTimeout: PATIENCE,
            args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
            defaultViewport: { width: 1500, height: 900 },
        });
        const page = await browser.newPage();
        const address = `${started.address}/?folder=${encodeURIComponent(folder)}`;
        await page.goto(address, { waitUntil: 'domcontentloaded', timeout: PATIENCE });
        await scenario(page, folder).catch(async error => {
            await page.screenshot({ path: path.join(shots, 'failure.png') });
            throw error;
        });
    } catch (error) {
        failed = error;
    }
    await browser?.close();
    started?.running.kill();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    if (failed) {
        console.error(failed.message);
        process.exit(1);
    }
    console.log('all came as it should');
    process.exit(0);
}

main();
