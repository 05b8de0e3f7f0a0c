// A contract of each interface: what it says, how it is changed, and what it tells when it is.

import { CodePromise, ContractPromise } from '@polkadot/api-contract';
import { asBytes } from '../../lib/codec.mjs';
import { AMPLE_GAS, Contract, deploy, emitted } from '../../lib/contracts.mjs';
import { counter } from '../../lib/counters.mjs';
import { rustGuest } from '../../lib/guests.mjs';
import { inkContract } from '../../lib/ink.mjs';

/** Held by each of the first tokens, moved by each change. */
const SUPPLY = 1_000;
const MOVED = 5;

/** A counter of one of our interfaces. */
class Counter {
	#guest;

	constructor(abi) {
		this.name = `counter of ${abi}`;
		this.#guest = counter(abi);
	}

	/** Another of the same, not deployed. */
	another() {
		return new Counter(this.#guest.abi);
	}

	async deploy(chain, signer, salt) {
		const { guest, initArgs } = this.#guest;
		const { contract } = await deploy(chain, signer, rustGuest(guest), { args: initArgs, salt });
		this.address = contract.address;
	}

	/** What a dry run says. */
	dryRun(chain, origin) {
		return new Contract(chain, this.address).snippetRun(origin, 'get');
	}

	async value(chain, origin) {
		const { ok, output, error } = await this.dryRun(chain, origin);
		if (!ok) throw new Error(error?.text ?? 'reverted');
		return this.#guest.read(output);
	}

	/** The value behind a change. */
	next(value) {
		return value + 1n;
	}

	changeTx(chain) {
		return new Contract(chain, this.address).tx('increment');
	}

	/** Names of the events of a change, and of those in its receipt. */
	get emits() {
		return this.#guest.emits ? [this.#guest.emits] : [];
	}

	emitted(chain, { events }) {
		return this.#guest.emits ? emitted(chain, events).map(({ topic }) => topic) : [];
	}
}

/** A contract in ink!, driven by the client that its users have. */
class Ink {
	#version;
	#contract;

	constructor(version, contract) {
		this.name = `${contract} of ink! ${version}`;
		[this.#version, this.#contract] = [version, contract];
	}

	another() {
		return new Ink(this.#version, this.#contract);
	}

	get #isToken() {
		return this.#contract === 'token';
	}

	#bundle() {
		return inkContract(this.#version, this.#contract).bundle;
	}

	#contractOn(chain) {
		return new ContractPromise(chain.api, this.#bundle(), this.address);
	}

	async deploy(chain, signer, salt) {
		const bundle = this.#bundle();
		const gasLimit = chain.api.registry.createType('WeightV2', AMPLE_GAS);
		const code = new CodePromise(chain.api, bundle, bundle.source.wasm);
		const tx = code.tx.new({ gasLimit, salt: salt === null ? undefined : asBytes(salt) }, this.#isToken ? SUPPLY : true);
		this.address = (await chain.send(tx, signer)).result.contract.address.toString();
		this.owner = signer.address;
		this.heir = chain.dev('Ferdie').address;
	}

	/** As snippets do it, in the form of `Contract.snippetRun`. */
	async dryRun(chain, origin) {
		const contract = this.#contractOn(chain);
		const options = { gasLimit: -1 };
		const { result, output } = await (this.#isToken
			? contract.query.balanceOf(origin.address, options, this.heir)
			: contract.query.get(origin.address, options));
		if (result.isErr) return { ok: false, error: chain.error(result.asErr) };
		return { ok: true, output: output.asOk.toPrimitive() };
	}

	async value(chain, origin) {
		const { ok, output, error } = await this.dryRun(chain, origin);
		if (!ok) throw new Error(error.text);
		return output;
	}

	next(value) {
		return this.#isToken ? value + MOVED : !value;
	}

	changeTx(chain) {
		const options = { gasLimit: chain.api.registry.createType('WeightV2', AMPLE_GAS) };
		const { tx } = this.#contractOn(chain);
		return this.#isToken ? tx.transfer(options, this.heir, MOVED) : tx.flip(options);
	}

	get emits() {
		return this.#isToken ? [`Transfer ${this.owner} ${this.heir} ${MOVED}`] : [];
	}

	emitted(chain, { result }) {
		return (result.contractEvents ?? []).map(({ event, args }) => (
			[event.identifier.split('::').at(-1), ...args.map(String)].join(' ')
		));
	}
}

/** One of each interface, and of each version of ink! two, of which one emits events. */
export const specimens = () => [
	...['baals', 'aureon', 'dytallix'].map((abi) => new Counter(abi)),
	...['v4', 'v5'].flatMap((version) => ['flipper', 'token'].map((contract) => new Ink(version, contract))),
];
