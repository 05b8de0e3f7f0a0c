// Starts throw-away nodes, runs their subcommands, and makes sure that all of it is gone afterwards.
//
// A process ends in one of three ways: `stop()`, or its own end for a subcommand; the exit of this process,
// whatever its cause, as long as code still runs; and a guard, a small shell that waits for the end of a
// pipe which this process holds open. The guard is what is left when this process is killed outright.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeBinary } from './paths.mjs';

const READY = /Running JSON-RPC server: addr=(\d+\.\d+\.\d+\.\d+:\d+)/;
const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 10_000;
const LOG_LIMIT_BYTES = 256 * 1024;
const LOG_TAIL_LINES = 40;

/** What every node of the tests is told: any free port for RPC, nobody to report to. */
export const QUIET_ARGS = ['--rpc-port=0', '--no-prometheus', '--no-telemetry'];

/** What a development node needs to be thrown away again, and when it makes a block. */
export const devArgs = (seal) => ['--dev', '--tmp', '--port=0', ...QUIET_ARGS, `--seal=${seal}`];

/** What most tests run. */
export const DEV_ARGS = devArgs('instant');

// Reads, line by line, which processes work in folder $1: `+ID` when one begins, `-ID` when it has ended; and
// by `!COMMAND` what else has to be done at the end. When there is nobody left to write, ends those that are
// left, runs the commands, the last first, and removes the folder.
const GUARD = `
pids=
undo=
while read -r line; do
	pid=\${line#?}
	case $line in
	+*) pids="$pids $pid" ;;
	-*)
		rest=
		for other in $pids; do [ "$other" = "$pid" ] || rest="$rest $other"; done
		pids=$rest
		;;
	!*)
		undo="$pid
$undo"
		;;
	esac
done
[ -z "$pids" ] || kill -TERM $pids 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do
	left=
	for pid in $pids; do kill -0 "$pid" 2>/dev/null && left="$left $pid"; done
	[ -n "$left" ] || break
	sleep 0.3
done
[ -z "$left" ] || kill -KILL $left 2>/dev/null
eval "$undo"
rm -rf "$1"
`;

const running = new Set();
let exitHooked = false;

/** Ends every process that was started here when this one ends; signals are turned into an exit. */
function hookExit() {
	if (exitHooked) return;
	exitHooked = true;
	process.on('exit', () => running.forEach((child) => kill(child, 'SIGTERM')));
	for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
		process.once(signal, () => process.exit(code));
	}
}

const isAlive = (child) => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

/** Sends a signal, if there is still someone to receive it. */
function kill(child, signal) {
	if (isAlive(child)) child.kill(signal);
}

/** A new folder for what nodes write, and the guard of both. */
export class Folder {
	#guard;
	#undo = [];

	constructor() {
		/** Where it lies. */
		this.path = mkdtempSync(join(tmpdir(), 'caisson-e2e-'));
		this.#guard = spawn('sh', ['-c', GUARD, 'guard', this.path], {
			stdio: ['pipe', 'ignore', 'ignore'],
			detached: true,
		});
		// A guard that was ended by hand: there is nothing to tell it any more.
		this.#guard.stdin.on('error', () => {});
		this.#guard.unref();
	}

	/** The path of something in it. */
	file(name) {
		return join(this.path, name);
	}

	/**
	 * Remembers a command line of the shell that takes back something that lies outside: it is run when the folder
	 * is removed, and must do no harm where there is nothing left to take back.
	 */
	atEnd(command) {
		this.#undo.unshift(command);
		this.#guard.stdin.write(`!${command}\n`);
	}

	/**
	 * Starts the node's binary, whose temporary files and end the folder takes care of. `within` is a command that
	 * runs the one behind it in its own place, as `ip netns exec NAME` does.
	 */
	spawn(args, stdio, within = []) {
		if (!existsSync(nodeBinary)) {
			throw new Error(`no node to test at ${nodeBinary}: build it with \`make node\`, or name one by CAISSON_NODE`);
		}
		hookExit();
		// A base path that a node makes for itself is to lie in the folder too, so that it can be removed
		// even if the node was killed.
		const [command, ...rest] = [...within, nodeBinary, ...args];
		const child = spawn(command, rest, { stdio, env: { ...process.env, TMPDIR: this.path } });
		if (child.pid === undefined) return child;
		running.add(child);
		this.#guard.stdin.write(`+${child.pid}\n`);
		child.once('exit', () => {
			running.delete(child);
			this.#guard.stdin.write(`-${child.pid}\n`);
		});
		return child;
	}

	/** Removes it. Whatever works in it must have ended. */
	remove() {
		for (const command of this.#undo) spawnSync('sh', ['-c', command], { stdio: 'ignore' });
		this.#guard.kill('SIGKILL');
		rmSync(this.path, { recursive: true, force: true });
	}
}

/** How a process ended, in words. */
const ending = (child) => new Promise((resolve) => {
	child.once('error', (error) => resolve(`could not be started: ${error.message}`));
	child.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
});

/** A running node. */
class Node {
	#child;
	#own;
	#log = '';
	#ended;
	#listeners = new Set();

	/** Starts it in a folder that is there, or in one of its own. */
	constructor(args, folder, within) {
		this.#own = folder ? null : new Folder();
		try {
			this.#child = (folder ?? this.#own).spawn(args, ['ignore', 'ignore', 'pipe'], within);
		} catch (error) {
			this.#own?.remove();
			throw error;
		}
		this.#ended = ending(this.#child);
		this.#child.stderr.setEncoding('utf8').on('data', (text) => {
			this.#log = (this.#log + text).slice(-LOG_LIMIT_BYTES);
			this.#listeners.forEach((listener) => listener(text));
		});
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
		return isAlive(this.#child);
	}

	/** Calls `listener` with whatever the node logs, as soon as it arrives here; gives what ends that. */
	onLog(listener) {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** How the node ended, in words, when it has. */
	get ended() {
		return this.#ended;
	}

	/** Ends the node at once, without its knowledge, and waits until it is gone. What it wrote stays. */
	kill() {
		kill(this.#child, 'SIGKILL');
		return this.#ended;
	}

	/** Waits until the node serves RPC and sets `url`. */
	async ready() {
		let end;
		this.#ended.then((how) => { end = how; });
		const deadline = Date.now() + START_LIMIT_MS;
		for (;;) {
			const match = READY.exec(this.#log);
			if (match) {
				// A node that serves others too listens at 0.0.0.0.
				this.url = `ws://${match[1].replace(/^0\.0\.0\.0:/, '127.0.0.1:')}`;
				return this;
			}
			if (end) throw new Error(`the node ${end} before it served RPC; its log:\n${this.logTail}`);
			if (Date.now() > deadline) {
				throw new Error(`the node served no RPC within ${START_LIMIT_MS / 1000} s; its log:\n${this.logTail}`);
			}
			await sleep(50);
		}
	}

	/** Ends the node and removes what it left, but for a folder that it was given. */
	async stop() {
		kill(this.#child, 'SIGTERM');
		const forced = setTimeout(() => kill(this.#child, 'SIGKILL'), STOP_LIMIT_MS);
		const how = await this.#ended;
		clearTimeout(forced);
		this.#own?.remove();
		return how;
	}
}

/**
 * Starts a node and waits until it serves RPC.
 *
 * Whoever starts a node stops it; the exit of the process is the second line. A node with `--base-path`
 * needs a `folder` in which that lies, and leaves it there when it is stopped. `within` is a command in front
 * of the node's: see `Folder.spawn`.
 */
export async function startNode(args = DEV_ARGS, folder = null, within = []) {
	const node = launchNode(args, folder, within);
	try {
		return await node.ready();
	} catch (error) {
		await node.stop();
		throw error;
	}
}

/** Starts a node without waiting for it. The rest is as in `startNode`. */
export function launchNode(args, folder, within = []) {
	return new Node(args, folder, within);
}

/** Runs a subcommand of the node, which works in `folder`, to its end; whatever end that is. */
export async function runCommand(folder, args) {
	const child = folder.spawn(args, ['ignore', 'pipe', 'pipe']);
	const output = ['stdout', 'stderr'].map(async (name) => {
		let text = '';
		for await (const part of child[name].setEncoding('utf8')) text += part;
		return text;
	});
	const how = await ending(child);
	const [stdout, stderr] = await Promise.all(output);
	return { code: child.exitCode, how, stdout, stderr };
}
