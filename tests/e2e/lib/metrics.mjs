// What a node tells Prometheus.

const EXPORTER = /Prometheus exporter started at (\S+:\d+)/;

/** Arguments of a node, but with a Prometheus port: any that is free. */
export const withMetrics = (args) => [...args.filter((arg) => arg !== '--no-prometheus'), '--prometheus-port=0'];

/**
 * The metrics of a node that was started with [`withMetrics`]: values by name and labels, as in
 * `substrate_block_height{status="best"}`. The label of the chain, which all of them have, is left out.
 */
export async function metricsOf(node) {
	const [, address] = EXPORTER.exec(node.log) ?? [];
	if (!address) throw new Error(`the node serves no metrics; its log:\n${node.logTail}`);
	const response = await fetch(`http://${address}/metrics`);
	const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'));
	return new Map(lines.map((line) => {
		const [, name, labels, value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line);
		const rest = (labels ?? '').replace(/(^|,)chain="[^"]*"/, '').replace(/^,/, '');
		return [rest ? `${name}{${rest}}` : name, Number(value)];
	}));
}
