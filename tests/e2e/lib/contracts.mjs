// Contracts as their users meet them: deployed, invoked, queried, and looked into.

import { hexToU8a, isHex, isU8a, stringToHex, u8aConcat, u8aEq, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';
import { addressOf, weightOf } from './chain.mjs';
import { asBytes, toText } from './codec.mjs';

/** A gas limit that every honest call of the tests stays below. */
export const AMPLE_GAS = { refTime: 200_000_000_000, proofSize: 1_500_000 };

/** What `gasLimit: -1` in clients' snippets becomes on its way to a dry run. */
export const SNIPPET_GAS = { refTime: 4_999_999_999_999, proofSize: 0 };

const CHILD_STORAGE = stringToHex(':child_storage:default:');
const PAGE = 100;

/** Code as the chain takes it in a deployment: a module's bytes, or the hash of one that is there. */
const codeSource = (code) => (isU8a(code) ? { Upload: u8aToHex(code) } : { Existing: code });

/** The SCALE form of a function's name and its arguments, for calls with raw input. */
export function namedInput(chain, fn, args = []) {
	return chain.api.createType('(Bytes, Vec<Bytes>)', [asBytes(fn), args.map(asBytes)]).toHex();
}

/** The transaction that deploys a contract. */
export function deployTx(chain, code, options = {}) {
	const { args = [], value = 0, gas = AMPLE_GAS, deposit = null, salt = null, capabilities = null } = options;
	return chain.api.tx.contracts.deploy(
		value,
		gas,
		deposit,
		codeSource(code),
		args.map(asBytes),
		salt === null ? null : asBytes(salt),
		capabilities,
	);
}

/** Deploys a contract, which must succeed. */
export async function deploy(chain, signer, code, options = {}) {
	const receipt = await chain.send(deployTx(chain, code, options), signer);
	const made = receipt.events.filter(({ name }) => name === 'contracts.Instantiated').at(-1);
	return { receipt, contract: new Contract(chain, made.fields.contract.toString()) };
}

/** What a deployment would do. */
export async function dryDeploy(chain, origin, code, options = {}) {
	const { args = [], value = 0, gas = null, deposit = null, salt = null, capabilities = null } = options;
	const report = await chain.api.call.caissonContractsApi.deploy(
		addressOf(origin),
		value,
		gas,
		deposit,
		codeSource(code),
		args.map(asBytes),
		salt === null ? null : asBytes(salt),
		capabilities,
	);
	return callReport(chain, report);
}

/** What the check of an upload says, nothing being uploaded. */
export async function checkCode(chain, code) {
	const check = await chain.api.call.caissonContractsApi.checkCode(u8aToHex(code));
	return check.isAccepted
		? { accepted: true, abi: check.asAccepted.abi.type.toLowerCase(), hash: check.asAccepted.codeHash.toHex() }
		: { accepted: false, reason: check.asRefused.reason.toString(), offset: check.asRefused.offset.toNumber() };
}

/** `Result<ExecReturnValue, DispatchError>` as an output or an error. */
function outcome(chain, result) {
	if (result.isErr) return { ok: false, error: chain.error(result.asErr) };
	const { flags, data } = result.asOk;
	const reverted = (flags.bits.toNumber() & 1) === 1;
	return { ok: !reverted, reverted, output: hexToU8a(data.toHex()) };
}

/** A call report of the chain's in plain values. polkadot.js calls a field `new` `new_`. */
export function callReport(chain, report) {
	const bytesOf = (option) => (option.isSome ? hexToU8a(option.unwrap().toHex()) : null);
	return {
		...outcome(chain, report.result),
		gasConsumed: weightOf(report.gasConsumed),
		gasRequired: weightOf(report.gasRequired),
		deposit: depositOf(report.storageDeposit),
		abiGas: report.abiGas.toBigInt(),
		account: report.accountId.isSome ? report.accountId.unwrap().toString() : null,
		revertMessage: report.revertMessage.isSome ? toText(report.revertMessage.unwrap().toHex()) : null,
		trap: report.trap.isSome ? trapOf(report.trap.unwrap()) : null,
		logs: report.logs.map((line) => toText(line.toHex())),
		changes: report.storageChanges.map(({ contract, key, old, new_: now }) => ({
			contract: contract.toString(),
			key: hexToU8a(key.toHex()),
			old: bytesOf(old),
			now: bytesOf(now),
		})),
		events: report.events.map((record) => chain.event(record)),
		calls: report.calls.map((node) => ({
			depth: node.depth.toNumber(),
			contract: node.contract.toString(),
			fn: toText(node.function.toHex()),
			value: node.value.toBigInt(),
			gasConsumed: weightOf(node.gasConsumed),
			abiGas: node.abiGas.toBigInt(),
			...outcome(chain, node.result),
		})),
	};
}

const trapOf = ({ contract, reason, function: fn, offset }) => ({
	contract: contract.toString(),
	reason: reason.toString(),
	fn: fn.isSome ? fn.unwrap().toNumber() : null,
	offset: offset.isSome ? offset.unwrap().toNumber() : null,
});

/** What is paid (above zero) or comes back (below zero) for storage. */
const depositOf = (deposit) => (deposit.isCharge ? deposit.asCharge.toBigInt() : -deposit.asRefund.toBigInt());

/** The events that contracts emitted among `events`; of topic and data where the data is that pair. */
export function emitted(chain, events) {
	return events.filter(({ name }) => name === 'contracts.ContractEmitted').map(({ fields, topics }) => {
		const [topic, data] = chain.api.createType('(Bytes, Bytes)', hexToU8a(fields.data.toHex()));
		return {
			contract: fields.contract.toString(),
			topic: toText(topic.toHex()),
			data: hexToU8a(data.toHex()),
			topics,
		};
	});
}

/** The receipt that a successful call leaves among `events`. */
export function executed(events) {
	const { fields } = events.filter(({ name }) => name === 'contracts.Executed').at(-1);
	return {
		contract: fields.contract.toString(),
		gasConsumed: weightOf(fields.gasConsumed),
		abiGas: fields.abiGas.toBigInt(),
		logs: fields.logs.map((line) => toText(line.toHex())),
	};
}

/** A contract on the chain. */
export class Contract {
	constructor(chain, address) {
		this.chain = chain;
		this.address = address;
	}

	/** The transaction that calls a function. */
	tx(fn, args = [], { value = 0, gas = AMPLE_GAS, deposit = null } = {}) {
		return this.chain.api.tx.contracts.invoke(this.address, value, gas, deposit, asBytes(fn), args.map(asBytes));
	}

	/** Calls a function, which must succeed. */
	invoke(signer, fn, args, options) {
		return this.chain.send(this.tx(fn, args, options), signer);
	}

	/** Calls a function and gives the receipt also if the call failed. */
	tryInvoke(signer, fn, args, options) {
		return this.chain.submit(this.tx(fn, args, options), signer);
	}

	/** The transaction that calls a function through the call every client of the pallet knows. */
	rawTx(fn, args = [], { value = 0, gas = AMPLE_GAS, deposit = null } = {}) {
		return this.chain.api.tx.contracts.call(this.address, value, gas, deposit, namedInput(this.chain, fn, args));
	}

	/** Asks a function in a read-only frame. */
	async query(origin, fn, args = [], { gas = null } = {}) {
		const report = await this.chain.api.call.caissonContractsApi.query(
			addressOf(origin), this.address, asBytes(fn), args.map(asBytes), gas,
		);
		return callReport(this.chain, report);
	}

	/** What a call of a function would do. */
	async dryRun(origin, fn, args = [], { value = 0, gas = null, deposit = null } = {}) {
		const report = await this.chain.api.call.caissonContractsApi.invoke(
			addressOf(origin), this.address, value, gas, deposit, asBytes(fn), args.map(asBytes),
		);
		return callReport(this.chain, report);
	}

	/** What a call of a function would do, in the form that every client of the pallet knows. */
	async snippetRun(origin, fn, args = [], { value = 0, gas = SNIPPET_GAS, deposit = null } = {}) {
		const result = await this.chain.api.call.contractsApi.call(
			addressOf(origin), this.address, value, gas, deposit, namedInput(this.chain, fn, args),
		);
		return {
			...outcome(this.chain, result.result),
			gasConsumed: weightOf(result.gasConsumed),
			gasRequired: weightOf(result.gasRequired),
			deposit: depositOf(result.storageDeposit),
			debugMessage: toText(result.debugMessage.toHex()),
			events: result.events.unwrapOr([]).map((record) => this.chain.event(record)),
		};
	}

	/** What the chain knows of it. */
	async info() {
		const info = (await this.chain.api.call.caissonContractsApi.contractInfo(this.address)).unwrap();
		return {
			codeHash: info.codeHash.toHex(),
			abi: info.abi.type.toLowerCase(),
			capabilities: info.capabilities.map(({ type }) => type),
			trieId: info.trieId.toHex(),
			storageBytes: info.storageBytes.toNumber(),
			storageItems: info.storageItems.toNumber(),
			deposit: info.deposit.toBigInt(),
		};
	}

	/** What the chain knows of its code. */
	async codeInfo() {
		const { codeHash } = await this.info();
		const info = (await this.chain.api.call.caissonContractsApi.codeInfo(codeHash)).unwrap();
		return {
			codeHash,
			abi: info.abi.type.toLowerCase(),
			owner: info.owner.toString(),
			deposit: info.deposit.toBigInt(),
			refcount: info.refcount.toNumber(),
			codeLen: info.codeLen.toNumber(),
			preparedLen: info.preparedLen.toNumber(),
			imports: info.imports.map((name) => name.toString()),
		};
	}

	/** An entry of its storage through `ContractsApi`; null if there is none. */
	async storage(key) {
		const result = await this.chain.api.call.contractsApi.getStorage(this.address, asBytes(key));
		if (result.isErr) throw new Error(`storage of ${this.address}: ${result.asErr.type}`);
		return result.asOk.isSome ? hexToU8a(result.asOk.unwrap().toHex()) : null;
	}

	/** Name of its child trie, as the RPC wants it. */
	async childKey() {
		const info = (await this.chain.api.query.contracts.contractInfoOf(this.address)).unwrap();
		return CHILD_STORAGE + info.trieId.toHex().slice(2);
	}

	/** All its entries, read as raw child storage over RPC: pairs of key and value. */
	async entries() {
		const { childstate } = this.chain.api.rpc;
		const child = await this.childKey();
		const entries = [];
		for (let start; ;) {
			const hashed = (await childstate.getKeysPaged(child, '0x', PAGE, start)).map((key) => key.toHex());
			for (const key of hashed) {
				// Raw, because polkadot.js takes an empty value for none.
				entries.push([unhashed(key), hexToU8a(await childstate.getStorage.raw(child, key))]);
			}
			if (hashed.length < PAGE) return entries;
			start = hashed.at(-1);
		}
	}
}

/** The key behind its own Blake2-128 hash; refuses one whose hash is not that. */
function unhashed(hashed) {
	const raw = hexToU8a(hashed);
	const key = raw.slice(16);
	if (!u8aEq(raw.slice(0, 16), blake2AsU8a(key, 128))) throw new Error(`${hashed} is not Blake2-128-concat`);
	return key;
}

/** Where a key lies in a contract's child trie. */
export const hashedKey = (key) => {
	const raw = hexToU8a(isHex(key) ? key : asBytes(key));
	return u8aToHex(u8aConcat(blake2AsU8a(raw, 128), raw));
};
