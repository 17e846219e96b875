import type { PlotCalls } from '#common/protocol/plotContract';
import type { Handlers } from '#common/protocol/rpc';
import type { EngineClient } from '../host/engineClient.ts';
import type { DocumentSession } from './documentSession.ts';
import { PlotQuestions } from './plotQuestions.ts';

/** Answers what a panel asks of its plots besides their pictures. */
export function plotHandlers(session: DocumentSession, engine: EngineClient): Handlers<PlotCalls> {
  const questions = new PlotQuestions(engine);
  const plotted = (id: string) => session.plots.data(id);
  return {
    describeSelection: async (params, { signal }) =>
      questions.describeSelection(await plotted(params.nodeId), params, signal),
    readPoint: async (params, { signal }) => questions.readPoint(await plotted(params.nodeId), params, signal),
    readPlotRows: async (params, { signal }) => questions.readPlotRows(await plotted(params.nodeId), params, signal),
    readDetail: async (params, { signal }) => ({ ipc: await session.plots.readDetail(params, signal) }),
  };
}
