// Starts a throw-away node and makes sure that it is gone afterwards.
//
// A node ends in one of three ways: `stop()`; the exit of this process, whatever its cause, as long as
// code still runs; and a guard, a small shell that waits for the end of a pipe which this process holds
// open. The guard is what is left when this process is killed outright.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeBinary } from './paths.mjs';

const READY = /Running JSON-RPC server: addr=(127\.0\.0\.1:\d+)/;
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 10_000;
const LOG_LIMIT_BYTES = 256 * 1024;
const LOG_TAIL_LINES = 40;

/** What a development node needs to be thrown away again. */
export const DEV_ARGS = [
	'--dev',
	'--tmp',
	'--rpc-port=0',
	'--port=0',
	'--no-prometheus',
	'--no-telemetry',
	'--seal=instant',
];

// Waits for the end of the pipe on its standard input, then ends process $1 and removes folder $2.
const GUARD = `
cat >/dev/null
kill -TERM "$1" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
	kill -0 "$1" 2>/dev/null || break
	sleep 0.3
done
kill -KILL "$1" 2>/dev/null
rm -rf "$2"
`;

const running = new Set();
let exitHooked = false;

/** Ends every node of this process when the process ends; signals are turned into an exit. */
function hookExit() {
	if (exitHooked) return;
	exitHooked = true;
	process.on('exit', () => running.forEach((node) => node.kill('SIGTERM')));
	for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
		process.once(signal, () => process.exit(code));
	}
}

/** A running node of its own, with empty state. */
class Node {
	#child;
	#folder;
	#guard;
	#log = '';
	#ended;

	constructor(args) {
		if (!existsSync(nodeBinary)) {
			throw new Error(`no node to test at ${nodeBinary}: build it with \`make node\`, or name one by CAISSON_NODE`);
		}
		hookExit();
		// The node's temporary base path lies in a folder of ours, so that it can be removed even if the
		// node was killed.
		this.#folder = mkdtempSync(join(tmpdir(), 'caisson-e2e-'));
		this.#child = spawn(nodeBinary, args, {
			stdio: ['ignore', 'ignore', 'pipe'],
			env: { ...process.env, TMPDIR: this.#folder },
		});
		this.#ended = new Promise((resolve) => {
			this.#child.once('error', (error) => resolve(`could not be started: ${error.message}`));
			this.#child.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
		});
		this.#child.stderr.setEncoding('utf8').on('data', (text) => {
			this.#log = (this.#log + text).slice(-LOG_LIMIT_BYTES);
		});
		if (this.#child.pid !== undefined) {
			running.add(this);
			this.#guard = spawn('sh', ['-c', GUARD, 'guard', String(this.#child.pid), this.#folder], {
				stdio: ['pipe', 'ignore', 'ignore'],
				detached: true,
			});
			this.#guard.unref();
		}
	}

	/** The process id. */
	get pid() {
		return this.#child.pid;
	}

	/** The log so far; its oldest part is dropped when it becomes long. */
	get log() {
		return this.#log;
	}

	/** The end of the log, for messages. */
	get logTail() {
		return this.#log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
	}

	/** Whether the process is still there. */
	get isRunning() {
		return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
	}

	/** Waits until the node serves RPC and sets `url`. */
	async ready() {
		let end;
		this.#ended.then((how) => { end = how; });
		const deadline = Date.now() + START_LIMIT_MS;
		for (;;) {
			const match = READY.exec(this.#log);
			if (match) {
				this.url = `ws://${match[1]}`;
				return this;
			}
			if (end) throw new Error(`the node ${end} before it served RPC; its log:\n${this.logTail}`);
			if (Date.now() > deadline) {
				throw new Error(`the node served no RPC within ${START_LIMIT_MS / 1000} s; its log:\n${this.logTail}`);
			}
			await sleep(50);
		}
	}

	/** Sends a signal, if there is still someone to receive it. */
	kill(signal) {
		if (this.isRunning) this.#child.kill(signal);
	}

	/** Ends the node and removes what it left. */
	async stop() {
		this.kill('SIGTERM');
		const forced = setTimeout(() => this.kill('SIGKILL'), STOP_LIMIT_MS);
		const how = await this.#ended;
		clearTimeout(forced);
		running.delete(this);
		this.#guard?.kill('SIGKILL');
		rmSync(this.#folder, { recursive: true, force: true });
		return how;
	}
}

/**
 * Starts a node and waits until it serves RPC.
 *
 * Whoever starts a node stops it; the exit of the process is the second line.
 */
export async function startNode(args = DEV_ARGS) {
	const node = new Node(args);
	try {
		return await node.ready();
	} catch (error) {
		await node.stop();
		throw error;
	}
}
