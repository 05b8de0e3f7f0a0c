// A node of the network under test: started, killed and started again in one place, and asked by raw RPC.

import { WsProvider } from '@polkadot/api';
import { Chain } from '../../lib/chain.mjs';
import { launchNode, startNode } from '../../lib/node.mjs';
import { eventually } from './wait.mjs';

const HOUSE_ARGS = ['--no-prometheus', '--no-telemetry'];

export class Peer {
	#args;
	#folder;
	#host;
	#provider = null;
	#chain = null;
	#isWanted = false;

	/** A node of that name that is not running yet. Its database lies in `folder`, or at `basePath`. */
	constructor(folder, host, name, args, basePath = folder.file(name)) {
		this.#args = [...HOUSE_ARGS, ...host.args, '--base-path', basePath, ...args];
		this.#folder = folder;
		this.#host = host;
		this.name = name;
		this.node = null;
	}

	/** Whether it runs and can be asked. */
	get isUp() {
		return this.#provider !== null && this.node.isRunning;
	}

	/** Throws if it ended without being told to. */
	ensureAlive() {
		if (this.#isWanted && !this.node.isRunning) throw new Error(`${this.name} has ended; its log:\n${this.node.logTail}`);
	}

	/** Starts it and connects to it. `more` arguments count for this start alone. */
	async start(...more) {
		this.node = await startNode([...this.#args, ...more], this.#folder, this.#host.within);
		const provider = new WsProvider(this.node.url, false);
		await provider.connect();
		await provider.isReady;
		this.#provider = provider;
		this.#isWanted = true;
		return this;
	}

	/** Starts it and does not wait until it can be asked. */
	launch(...more) {
		this.node = launchNode([...this.#args, ...more], this.#folder, this.#host.within);
		return this.node;
	}

	/** Ends it at once, as a power cut would. */
	async kill() {
		this.#isWanted = false;
		const ended = this.node.kill();
		await this.#disconnect();
		return ended;
	}

	/** Ends it, if it runs. */
	async stop() {
		this.#isWanted = false;
		await this.#disconnect();
		return this.node?.stop();
	}

	async #disconnect() {
		const [provider, chain] = [this.#provider, this.#chain];
		this.#provider = null;
		this.#chain = null;
		await chain?.disconnect();
		await provider?.disconnect();
	}

	/** Asks it by RPC; the answer as it comes. */
	rpc(method, ...params) {
		if (!this.#provider) throw new Error(`${this.name} is not there to be asked`);
		return this.#provider.send(method, params);
	}

	/** A client of it that knows the runtime's types, until it ends. */
	async chain() {
		this.#chain ??= await Chain.connect(this.node.url);
		return this.#chain;
	}

	/** Height, hash and state root of a block: of its best one, or of that with this hash. */
	async header(...hash) {
		const { number, stateRoot } = await this.rpc('chain_getHeader', ...hash);
		return { number: Number(number), stateRoot };
	}

	/** Height of its best block. */
	async best() {
		return (await this.header()).number;
	}

	/** Height of the last block that is final for it. */
	async final() {
		return (await this.header(await this.rpc('chain_getFinalizedHead'))).number;
	}

	/** Waits until all that is in its chain by now is final for it. */
	async settled() {
		const best = await this.best();
		await eventually(async () => {
			this.ensureAlive();
			return await this.final() >= best;
		});
	}

	/** Hash of the block at a height of the chain that is its best; null above that. */
	hashAt(number) {
		return this.rpc('chain_getBlockHash', number);
	}

	/** Where other nodes can meet it. */
	async address() {
		const [id, addresses] = await Promise.all([
			this.rpc('system_localPeerId'),
			this.rpc('system_localListenAddresses'),
		]);
		const own = addresses.find((address) => address.startsWith(this.#host.listensAt));
		if (!own) throw new Error(`${this.name} listens at ${addresses}, and not at ${this.#host.listensAt}`);
		return own.includes('/p2p/') ? own : `${own}/p2p/${id}`;
	}
}
