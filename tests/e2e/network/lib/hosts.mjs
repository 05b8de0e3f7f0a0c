// Hosts of their own for the nodes of a network, on one machine: network namespaces.
//
// Each host has two interfaces. `lan` leads to a switch, over which the nodes meet; the switch has two halves,
// and a host's port is moved to the other half to cut it off from the rest. `desk` leads to this process, which
// asks the nodes by RPC whether they see each other or not; nothing is forwarded from one desk to another.

import { spawnSync } from 'node:child_process';

// Addresses kept free for trials of network equipment (RFC 2544). Those of the LAN are seen by nobody else.
const LAN = '198.18.0';
const DESKS = '198.19';
const DESK_NETS = 256;

const PORT = 30333;
const RPC_PORT = 9944;

/** Runs `ip`, which must succeed, and gives what it printed. */
function ip(...args) {
	const { status, error, stdout, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
	if (error) throw new Error(`\`ip\`, of Debian's iproute2, cannot be run: ${error.message}`);
	if (status !== 0) throw new Error(`\`ip ${args.join(' ')}\` failed: ${stderr.trim()}`);
	return stdout;
}

/** A part of the desks' addresses that nobody on this machine uses. */
function freeDeskNet() {
	const taken = ip('-4', '-o', 'address');
	const first = process.pid % DESK_NETS;
	for (let offset = 0; offset < DESK_NETS; offset += 1) {
		const net = `${DESKS}.${(first + offset) % DESK_NETS}`;
		if (!taken.includes(` ${net}.`)) return net;
	}
	throw new Error(`all of ${DESKS}.0.0/16 is in use`);
}

/** Hosts in network namespaces. */
export class SeparateHosts {
	#tag = `caisson-${process.pid}`;
	#switch = `${this.#tag}-switch`;
	#ports = new Map();

	/** Makes the hosts of these names; `folder` removes them at its end. Throws where that cannot be done. */
	constructor(folder, names) {
		this.#namespace(folder, this.#switch);
		for (const half of ['left', 'right']) {
			ip('-n', this.#switch, 'link', 'add', half, 'type', 'bridge');
			ip('-n', this.#switch, 'link', 'set', half, 'up');
		}
		const deskNet = freeDeskNet();
		this.hosts = Object.fromEntries(names.map((name, index) => [name, this.#host(folder, name, index, deskNet)]));
	}

	#namespace(folder, name) {
		folder.atEnd(`ip netns delete ${name}`);
		ip('netns', 'add', name);
		ip('-n', name, 'link', 'set', 'lo', 'up');
	}

	#host(folder, name, index, deskNet) {
		const namespace = `${this.#tag}-${name}`;
		this.#namespace(folder, namespace);

		const port = `port${index}`;
		ip('link', 'add', port, 'netns', this.#switch, 'type', 'veth', 'peer', 'name', 'lan', 'netns', namespace);
		const lan = `${LAN}.${index + 1}`;
		ip('-n', namespace, 'address', 'add', `${lan}/24`, 'dev', 'lan');
		ip('-n', namespace, 'link', 'set', 'lan', 'up');
		ip('-n', this.#switch, 'link', 'set', port, 'master', 'left', 'up');
		this.#ports.set(name, port);

		// Its other end goes with the namespace.
		const chair = `cd${process.pid}-${index}`;
		folder.atEnd(`ip link delete ${chair}`);
		ip('link', 'add', chair, 'type', 'veth', 'peer', 'name', 'desk', 'netns', namespace);
		const desk = `${deskNet}.${4 * index + 2}`;
		ip('address', 'add', `${deskNet}.${4 * index + 1}/30`, 'dev', chair);
		ip('link', 'set', chair, 'up');
		ip('-n', namespace, 'address', 'add', `${desk}/30`, 'dev', 'desk');
		ip('-n', namespace, 'link', 'set', 'desk', 'up');

		return {
			within: ['ip', 'netns', 'exec', namespace],
			args: [
				`--listen-addr=/ip4/${lan}/tcp/${PORT}`,
				`--experimental-rpc-endpoint=listen-addr=${desk}:${RPC_PORT},methods=unsafe`,
			],
			listensAt: `/ip4/${lan}/tcp/`,
		};
	}

	/** Cuts these hosts off from the others, and not from each other. */
	cutOff(names) {
		for (const name of names) this.#plug(name, 'right');
	}

	/** Brings all hosts together again. */
	join() {
		for (const name of this.#ports.keys()) this.#plug(name, 'left');
	}

	#plug(name, half) {
		ip('-n', this.#switch, 'link', 'set', this.#ports.get(name), 'master', half);
	}
}

/** No hosts of their own: all on this one, in nobody's way, and nothing to cut. */
class SharedHost {
	constructor(names, whyShared) {
		this.whyShared = whyShared;
		const host = {
			within: [],
			args: ['--listen-addr=/ip4/127.0.0.1/tcp/0', '--rpc-port=0'],
			listensAt: '/ip4/127.0.0.1/tcp/',
		};
		this.hosts = Object.fromEntries(names.map((name) => [name, host]));
	}
}

/**
 * Hosts for nodes of these names: `within` and `args` are how to start a node on one, `listensAt` how the address
 * begins at which it can be met.
 *
 * They share this host where the environment says CAISSON_NO_NETNS, or where namespaces cannot be made;
 * `whyShared` tells.
 */
export function makeHosts(folder, names) {
	if (process.env.CAISSON_NO_NETNS) return new SharedHost(names, 'CAISSON_NO_NETNS is set');
	try {
		return new SeparateHosts(folder, names);
	} catch (error) {
		return new SharedHost(names, error.message);
	}
}
