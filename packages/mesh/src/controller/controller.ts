import { check, checkFields, explain, formatFinding, predictWithCauses, probeOf } from '@bookinfo/analysis';
import { Compiler, gatewayProxies } from '@bookinfo/compiler';
import {
  type Client,
  modelOf,
  type Model,
  plannedPods,
  type Pod,
  type Problem,
  type Source,
} from '@bookinfo/rules';
import type { ResponseOf } from '../admin/api.js';
import { ruleTexts } from '../print/rule-texts.js';
import { showResources } from '../print/show-resources.js';
import { jsonOf } from './json.js';
import type { ControllerSettings, EnforcedChange, Operations, TablesUpdate } from './messages.js';
import {
  planApply,
  planDelete,
  planRestore,
  planScale,
  type MeshState,
  type PlannedChange,
  type RefusedChange,
} from './plan-change.js';
import { readSaved, savedState } from './saved-state.js';
import { TableSender } from './table-sender.js';
import type { WorkloadModule } from './workload-module.js';

/**
 * The control plane: keeps the resources, answers questions about them, and compiles the tables of all proxies. It has no pods,
 * which belong to the data plane; its tables select them, and questions bring them along.
 */
export class Controller {
  readonly #workloads: WorkloadModule & { minReplicas: number };
  readonly #compiler: Compiler;
  readonly #sender = new TableSender();
  readonly #clients = new Map<number, Client>();
  #state: MeshState;
  /** The state before the latest change. */
  #former: MeshState;
  /** The model of the latest question, with the pods of that time. */
  #observed: Model;
  /** The model of the latest warnings, with the pods that the Deployments ask for. */
  #planned: Model;
  #areTablesChanged = false;

  constructor({ meshConfig, minReplicas }: ControllerSettings, { programFor, application }: WorkloadModule) {
    const model = modelOf([], [], meshConfig);
    this.#workloads = { programFor, application, minReplicas };
    this.#state = { store: new Map(), known: new Set(), model };
    this.#former = this.#state;
    this.#observed = model;
    this.#planned = model;
    this.#compiler = new Compiler(model);
  }

  readonly operations: Operations = {
    apply: (sources, strict, now) => {
      const options = { strict, onlyNew: false, now };
      const result = this.#enforce(planApply(this.#state, sources, this.#workloads, options));
      return 'problems' in result ? result : { ...result, warnings: this.#warningsAbout(sources) };
    },
    applyNew: (sources, now) =>
      this.#enforce(planApply(this.#state, sources, this.#workloads, { strict: false, onlyNew: true, now })),
    delete: (sources) => this.#enforce(planDelete(this.#state, sources, this.#workloads.programFor)),
    scale: (deployment, namespace, replicas, now) => {
      const { programFor } = this.#workloads;
      return this.#enforce(planScale(this.#state, { deployment, namespace, replicas }, programFor, now));
    },
    undo: () => this.#enter(this.#former),
    save: () => savedState(this.#state),
    restore: (saved) => this.#enforce(planRestore(this.#state, readSaved(saved), this.#workloads.programFor)),
    get: (pods, now, kind, name) =>
      jsonOf(showResources({ store: this.#state.store, pods, now }, kind, name)),
    rules: (hits) => jsonOf({ resources: ruleTexts(this.#state.store, hits) }),
    check: (sources, now) => jsonOf(this.#check(sources, now)),
    explain: (pods, probe) => jsonOf(explain(probeOf(this.#observe(pods), probe))),
    predict: (pods, probe, assumptions) => {
      const asked = probeOf(this.#observe(pods), probe);
      const { responses, findings } = predictWithCauses(asked, this.#workloads.application, assumptions);
      return jsonOf({ responses, findings: findings.map(formatFinding) });
    },
    openProxy: (proxy, client) => {
      this.#clients.set(proxy, client);
      this.#areTablesChanged = true;
    },
    closeProxy: (proxy) => {
      this.#clients.delete(proxy);
      this.#areTablesChanged = true;
    },
  };

  /** Returns the tables that operations have changed since the last call. */
  takeTables(): TablesUpdate | undefined {
    if (!this.#areTablesChanged) return undefined;
    this.#areTablesChanged = false;
    return this.#sender.update(this.#tables());
  }

  #enforce(planned: PlannedChange | RefusedChange): EnforcedChange | RefusedChange {
    if ('problems' in planned) return planned;
    const { store, known, model, ...change } = planned;
    this.#enter({ store, known, model });
    return { ...change, gateways: gatewayProxies(model.resources), warnings: [] };
  }

  #enter(state: MeshState): void {
    this.#former = this.#state;
    this.#state = state;
    this.#compiler.update(state.model);
    this.#areTablesChanged = true;
  }

  /** Returns what `check` says of single fields, as if all pods were ready; the search for requests would take too long. */
  #warningsAbout(sources: readonly Source[]): string[] {
    const { written, meshConfig } = this.#state.model;
    this.#planned = modelOf(written, plannedPods(written), meshConfig, this.#planned);
    return checkFields(this.#planned, new Set(sources.map(({ file }) => file)))
      .filter(({ level }) => level !== 'note')
      .map(({ origin, message, code }) => `${origin.file}:${origin.line}: ${message} [${code}]`);
  }

  /** Returns what `check` says of the files, as if they were applied and all pods ready. */
  #check(sources: readonly Source[], now: number): ResponseOf<'check'> {
    const options = { strict: false, onlyNew: false, now };
    const planned = planApply(this.#state, sources, this.#workloads, options);
    if ('problems' in planned) return { problems: planned.problems, notices: [], warnings: [] };
    const { written, meshConfig } = planned.model;
    const model = modelOf(written, plannedPods(written), meshConfig, this.#planned);
    const findings = check(model, this.#workloads.application, new Set(sources.map(({ file }) => file)));
    const problems: Problem[] = [];
    const notices = [...planned.notices];
    for (const { level, code, origin, message } of findings) {
      const said = { ...origin, message: `${message} [${code}]` };
      if (level === 'error') problems.push(said);
      else notices.push({ ...said, level });
    }
    return { problems, notices, warnings: [] };
  }

  #tables() {
    return new Map(Array.from(this.#clients, ([proxy, client]) => [proxy, this.#compiler.tableFor(client)]));
  }

  #observe(pods: readonly Pod[]): Model {
    const { written, meshConfig } = this.#state.model;
    this.#observed = modelOf(written, pods, meshConfig, this.#observed);
    return this.#observed;
  }
}
