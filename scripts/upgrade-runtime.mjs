#!/usr/bin/env node
// Upgrades the runtime of a running chain, with the key of its administrator:
//
//   node scripts/upgrade-runtime.mjs --url ws://127.0.0.1:9944 --wasm FILE --suri //Alice
//
// It reads the version in the file, refuses what the chain would refuse or could not undo, has the file's hash
// authorised by sudo, applies the file, and waits until a final block has the new runtime. Run it again where it
// was interrupted: what is authorised is not authorised twice. Its packages are those of tests/e2e (`make setup`).

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { BadRuntime, runtimeVersion } from './runtime-wasm.mjs';

const USAGE = `usage: node scripts/upgrade-runtime.mjs --url WS_URL --wasm FILE [--suri SURI | --suri-file FILE] [--dry-run]

  --url WS_URL      a node of the chain
  --wasm FILE       the new runtime; the .compact.compressed.wasm of a build is the smallest
  --suri SURI       key of the sudo account; other users of this machine can read a command line
  --suri-file FILE  the same, as the only line of a file
  --dry-run         checks and compares, and sends nothing
  --timeout SECONDS how long to wait for each step to be final (300)`;

const SECONDS = 1_000;
const RECONNECT_MS = 2_500;

/** What the operator has to change. */
class Refused extends Error {}

/** A command line that says nothing. */
class Misused extends Error {}

/** The packages of the end-to-end tests. */
function packages() {
	const require = createRequire(new URL('../tests/e2e/package.json', import.meta.url));
	try {
		return { ...require('@polkadot/api'), ...require('@polkadot/util-crypto') };
	} catch (error) {
		if (error.code !== 'MODULE_NOT_FOUND') throw error;
		throw new Refused('the npm packages of tests/e2e are not installed: run `make setup`, or `npm ci` there');
	}
}

function options() {
	const text = { type: 'string' };
	let values;
	try {
		({ values } = parseArgs({
			options: { url: text, wasm: text, suri: text, 'suri-file': text, timeout: text, 'dry-run': { type: 'boolean' } },
		}));
	} catch (error) {
		throw new Misused(error.message);
	}
	if (!values.url || !values.wasm) throw new Misused('--url and --wasm are needed');
	if (values.suri && values['suri-file']) throw new Misused('--suri and --suri-file are two names for one thing');
	if (!values['dry-run'] && !values.suri && !values['suri-file']) throw new Misused('--suri or --suri-file is needed, but for --dry-run');
	const timeout = Number(values.timeout ?? 300) * SECONDS;
	if (!(timeout > 0)) throw new Misused('--timeout takes a number of seconds');
	const suri = values.suri ?? (values['suri-file'] && read(values['suri-file']).toString().trim());
	return { url: values.url, wasm: values.wasm, suri, timeout, isDryRun: values['dry-run'] ?? false };
}

function read(path) {
	try {
		return readFileSync(path);
	} catch (error) {
		throw new Refused(`${path} cannot be read: ${error.message}`);
	}
}

const say = (text) => process.stdout.write(`${text}\n`);

/** Rejects if `promise` takes too long. */
function within(limit, what, promise) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`${what} took more than ${limit / SECONDS} s`)), limit);
	});
	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

class Upgrade {
	constructor(api, hash, code, version, timeout) {
		Object.assign(this, { api, hash, code, version, timeout });
	}

	/** Compares the file with the chain, and refuses what can only fail. */
	async check(signer) {
		const { api, version } = this;
		const now = api.runtimeVersion;
		const [specName, specVersion] = [now.specName.toString(), now.specVersion.toNumber()];
		say(`chain  ${await api.rpc.system.chain()}: ${specName} ${specVersion}, transactions ${now.transactionVersion}`);
		say(`file   ${version.specName} ${version.specVersion}, transactions ${version.transactionVersion}, `
			+ `${this.code.length} bytes${version.isCompressed ? ` (${version.unpackedBytes} unpacked)` : ''}`);
		say(`hash   ${this.hash}`);
		if (version.specName !== specName) {
			throw new Refused(`the file is a runtime of ${version.specName}, the chain's is ${specName}`);
		}
		if (version.specVersion <= specVersion) {
			throw new Refused(`version ${version.specVersion} is not higher than the chain's ${specVersion}`);
		}
		if (version.transactionVersion < now.transactionVersion.toNumber()) {
			throw new Refused('the file has a lower transaction version than the chain: it was not made from the chain\'s source');
		}
		if (version.transactionVersion !== now.transactionVersion.toNumber()) {
			say('note   transactions are encoded in another way: signers that know only the old one are refused');
		}
		if (!api.query.sudo) {
			throw new Refused('the chain has no sudo: its own procedure has to authorise the hash above');
		}
		const limit = api.consts.system.blockLength.max.operational.toNumber();
		if (this.code.length >= limit) throw new Refused(`the file does not fit into a block of ${limit} bytes`);
		if ((await api.query.multiBlockMigrations?.cursor())?.isSome) {
			throw new Refused('the last upgrade\'s migrations go on: the chain takes no other until they are done');
		}
		const sudo = (await api.query.sudo.key()).unwrapOr(null)?.toString();
		if (signer && signer.address !== sudo) {
			throw new Refused(`the key is that of ${signer.address}, the chain's sudo account is ${sudo ?? 'nobody'}`);
		}
		const authorised = (await api.query.system.authorizedUpgrade()).unwrapOr(null)?.codeHash.toHex();
		if (authorised) say(`note   ${authorised === this.hash ? 'it is' : `${authorised}, another one, is`} authorised already`);
		if ((await api.query.contracts?.migration?.())?.isSome) say('note   contracts are closed: a migration of theirs goes on');
		return authorised === this.hash;
	}

	async authorise(signer) {
		const { api, hash } = this;
		const { block, events } = await this.#final('the authorisation', api.tx.sudo.sudo(api.tx.system.authorizeUpgrade(hash)), signer);
		const done = events.find((event) => api.events.sudo.Sudid.is(event));
		if (!done?.data[0].isOk) throw new Error(`sudo could not authorise it: ${this.#error(done?.data[0].asErr)}`);
		say(`done   authorised in block ${block}`);
	}

	async apply(signer) {
		const { api, code } = this;
		const tx = api.tx.system.applyAuthorizedUpgrade(`0x${code.toString('hex')}`);
		const { block, events } = await this.#final('the upgrade', tx, signer);
		const refused = events.find((event) => api.events.system.RejectedInvalidAuthorizedUpgrade?.is(event));
		// It succeeds then, so that the chain forgets the authorisation.
		if (refused) throw new Error(`the chain refused it: ${this.#error(refused.data.error)}`);
		say(`done   applied in block ${block}`);
	}

	/** Waits until a final block has the new version. A parachain waits for its relay chain's word. */
	async verify() {
		const { api, version } = this;
		const seen = new Promise((resolve, reject) => {
			const subscription = api.rpc.chain.subscribeFinalizedHeads(async (header) => {
				try {
					const { specVersion } = await api.rpc.state.getRuntimeVersion(header.hash);
					if (specVersion.toNumber() !== version.specVersion) return;
					(await subscription)();
					resolve(header.number.toNumber());
				} catch (error) {
					reject(error);
				}
			});
			subscription.catch(reject);
		});
		const block = await within(this.timeout, 'the new version in a final block', seen);
		say(`done   ${version.specName} ${version.specVersion} is the runtime of final block ${block}`);
		if ((await api.query.contracts?.migration?.())?.isSome) {
			say('note   contracts are closed until their migration is done: watch `contracts.migration`');
		}
		if ((await api.query.multiBlockMigrations?.cursor())?.isSome) {
			say('note   migrations go on: watch `multiBlockMigrations.cursor`');
		}
	}

	/** Sends a transaction and waits until it is final; its block and events, if it succeeded. */
	async #final(what, tx, signer) {
		let unsubscribe = () => {};
		const final = new Promise((resolve, reject) => {
			tx.signAndSend(signer, { nonce: -1 }, (result) => {
				if (result.isError) reject(new Error(`${what} did not get into a block: the pool says ${result.status.type}`));
				else if (result.isFinalized) resolve(result);
			}).then((stop) => { unsubscribe = stop; }, (error) => reject(new Error(`${what} was not accepted: ${error.message}`)));
		});
		const result = await within(this.timeout, what, final).finally(() => unsubscribe());
		if (result.dispatchError) throw new Error(`${what} failed: ${this.#error(result.dispatchError)}`);
		const { number } = await this.api.rpc.chain.getHeader(result.status.asFinalized);
		return { block: number.toNumber(), events: result.events.map(({ event }) => event) };
	}

	#error(error) {
		if (!error?.isModule) return error?.toString() ?? 'it left no event';
		const { section, name, docs } = this.api.registry.findMetaError(error.asModule);
		return `${section}.${name}: ${docs.join(' ').trim()}`;
	}
}

async function run() {
	const { url, wasm, suri, timeout, isDryRun } = options();
	const { ApiPromise, Keyring, WsProvider, cryptoWaitReady, blake2AsHex } = packages();
	const code = read(wasm);
	const version = runtimeVersion(code);
	await cryptoWaitReady();

	const provider = new WsProvider(url, RECONNECT_MS);
	try {
		// It would try for ever. Once connected it may: a node that restarts comes back.
		await within(timeout, `connecting to ${url}`, new Promise((resolve, reject) => {
			provider.on('connected', resolve);
			provider.on('error', () => reject(new Refused(`nobody answers at ${url}`)));
		}));
		const api = await ApiPromise.create({ provider, noInitWarn: true, throwOnConnect: true });
		const signer = suri && new Keyring({ type: 'sr25519', ss58Format: api.registry.chainSS58 }).addFromUri(suri);
		const upgrade = new Upgrade(api, blake2AsHex(code), code, version, timeout);
		const isAuthorised = await upgrade.check(signer);
		if (isDryRun) {
			say('dry run: nothing was sent, and nothing above forbids it');
			return;
		}
		if (!isAuthorised) await upgrade.authorise(signer);
		await upgrade.apply(signer);
		await upgrade.verify();
	} finally {
		await provider.disconnect();
	}
}

try {
	await run();
} catch (error) {
	if (error instanceof Misused) {
		process.stderr.write(`${error.message}\n\n${USAGE}\n`);
		process.exitCode = 2;
	} else {
		const isRefusal = error instanceof Refused || error instanceof BadRuntime;
		process.stderr.write(`${isRefusal ? 'refused' : 'failed'}: ${error.message}\n`);
		process.exitCode = 1;
	}
}
