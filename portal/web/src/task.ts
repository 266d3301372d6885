// SPDX-License-Identifier: Apache-2.0
import type { News, StepName } from '@sealferry/client';
import { ref, shallowRef } from 'vue';
import { toProblem, type Problem } from './problem';

/** One long piece of work on a page: is it running, how far is it, is a native window open, how did it end? */
export function useTask() {
  const running = ref(false);
  const step = ref<{ name: StepName; done: number; total: number } | null>(null);
  const window = ref<Extract<News, { kind: 'prompt' }>['what']>('closed');
  const problem = shallowRef<Problem | null>(null);
  let abort = new AbortController();

  function onStep(news: News): void {
    if (news.kind === 'prompt') window.value = news.what;
    else step.value = { name: news.step, done: news.done, total: news.total };
  }

  /** Runs the work, and keeps what went wrong. Answers whether it went well. */
  async function run(work: (watched: { signal: AbortSignal; onStep: (news: News) => void }) => Promise<void>): Promise<boolean> {
    if (running.value) return false;
    abort = new AbortController();
    problem.value = null;
    step.value = null;
    running.value = true;
    try {
      await work({ signal: abort.signal, onStep });
    } catch (error) {
      problem.value = toProblem(error);
    }
    running.value = false;
    window.value = 'closed';
    return problem.value === null;
  }

  return { running, step, window, problem, run, cancel: () => abort.abort() };
}
