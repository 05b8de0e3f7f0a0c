// A runtime upgrade as the administration makes it, step by step.

import { u8aToHex } from '@polkadot/util';

/** Has sudo authorise a code by its hash. */
export function authorise(chain, root, code) {
	const { sudo, system } = chain.api.tx;
	return chain.send(sudo.sudo(system.authorizeUpgrade(chain.codeHash(code))), root);
}

/** The transaction that applies what is authorised; anybody may send it. */
export const applyTx = (chain, code) => chain.api.tx.system.applyAuthorizedUpgrade(u8aToHex(code));

/** Both, one behind the other: the receipt of the block from which on the new code runs. */
export async function upgrade(chain, root, code) {
	await authorise(chain, root, code);
	return chain.send(applyTx(chain, code), root);
}

/** Version of the runtime that runs behind a block, or behind the best one. */
export async function specVersion(chain, block = null) {
	// polkadot.js takes a block that is not given for one of 32 zeros.
	const { getRuntimeVersion } = chain.api.rpc.state;
	return (await (block ? getRuntimeVersion(block) : getRuntimeVersion())).specVersion.toNumber();
}
