import { AsyncLocalStorage } from "node:async_hooks";

/** What the work under way belongs to: events that it posts carry the chain and the user of its task. */
export interface Chain {
  /** Key of the first event of the chain; set once that is posted. */
  id: number | undefined;
  userName: string;
  /** The task has ended: what callbacks made by it do later is not part of it any more. */
  isOver: boolean;
}

const current = new AsyncLocalStorage<Chain>();

/** Does `work` as part of a chain. */
export function runInChain<T>(chain: Chain, work: () => T): T {
  return current.run(chain, work);
}

/** The chain of the caller; undefined outside of any. */
export function currentChain(): Chain | undefined {
  const chain = current.getStore();
  return chain?.isOver === false ? chain : undefined;
}
