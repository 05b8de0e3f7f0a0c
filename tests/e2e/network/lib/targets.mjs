// The contracts that the load calls, and what can be told of them from the calls that succeeded.

import { Abi } from '@polkadot/api-contract';
import { compactStripLength, u8aToHex } from '@polkadot/util';
import { counter } from '../../lib/counters.mjs';
import { Contract, deploy } from '../../lib/contracts.mjs';
import { rustGuest } from '../../lib/guests.mjs';
import { inkContract } from '../../lib/ink.mjs';

// More than a call of either takes, and so little that many fit into a block.
const GAS = { refTime: 10_000_000_000, proofSize: 200_000 };

// Who asks what needs no asker.
const ASKING = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const { guest, initArgs, start, read } = counter('baals');

/** Raw input without the length in front that a client's argument of bytes has. */
const inputOf = (encoded) => u8aToHex(compactStripLength(encoded)[1]);

/** A counter of the `baals` interface: its count is how often it was called. */
export class Counter {
	constructor(contract) {
		this.contract = contract;
	}

	static async deploy(chain, signer) {
		const { contract, receipt } = await deploy(chain, signer, rustGuest(guest), { args: initArgs });
		return { target: new Counter(contract), receipt };
	}

	get address() {
		return this.contract.address;
	}

	/** The call that counts. */
	call() {
		return { what: 'increment', tx: this.contract.tx('increment', [], { gas: GAS }) };
	}

	/** What is wrong with its state at a block, `calls` having succeeded until then; null if nothing is. */
	async fault(chain, at, calls) {
		const api = await chain.api.at(at);
		const result = await api.call.contractsApi.getStorage(this.address, '0x' + Buffer.from('count').toString('hex'));
		const count = read(result.asOk.unwrap().toHex());
		const due = start + BigInt(calls);
		return count === due ? null : `the count is ${count}, and ${calls} calls make ${due}`;
	}
}

/** The flipper of ink! 5: its value tells whether it was called an even number of times. */
export class Flipper {
	#abi;

	constructor(contract, abi) {
		this.contract = contract;
		this.#abi = abi;
	}

	static async deploy(chain, signer) {
		const { bundle, code } = inkContract('v5', 'flipper');
		const abi = new Abi(bundle, chain.api.registry.getChainProperties());
		const data = inputOf(abi.findConstructor('new').toU8a([false]));
		const receipt = await chain.send(
			chain.api.tx.contracts.instantiateWithCode(0, GAS, null, u8aToHex(code), data, '0x'),
			signer,
		);
		const made = receipt.events.filter(({ name }) => name === 'contracts.Instantiated').at(-1);
		const contract = new Contract(chain, made.fields.contract.toString());
		return { target: new Flipper(contract, abi), receipt };
	}

	get address() {
		return this.contract.address;
	}

	#input(message) {
		return inputOf(this.#abi.findMessage(message).toU8a([]));
	}

	/** The call that flips. */
	call() {
		const { api } = this.contract.chain;
		return { what: 'flip', tx: api.tx.contracts.call(this.address, 0, GAS, null, this.#input('flip')) };
	}

	/** As the counter's. */
	async fault(chain, at, calls) {
		const api = await chain.api.at(at);
		const report = await api.call.contractsApi.call(ASKING, this.address, 0, null, null, this.#input('get'));
		const data = report.result.asOk.data.toHex();
		// A result that is there, and in it a truth value.
		const due = calls % 2 === 0 ? '0x0000' : '0x0001';
		return data === due ? null : `the flipper says ${data}, and ${calls} calls make ${due}`;
	}
}
