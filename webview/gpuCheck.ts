import './ui/styleNonce.ts';
import '@vscode/codicons/dist/codicon.css';
import { createApp } from 'vue';
import { toWireError } from '#common/base/pikaError';
import { RpcPeer } from '#common/protocol/rpc';
import type { GpuCheckContract, GpuCheckHostContract } from '#common/protocol/gpuCheckContract';
import GpuCheck from './check/GpuCheck.vue';
import { connectVsCode } from './link/vscodeLink.ts';
import './ui/theme.css';
import { registerToolkit } from './ui/toolkit.ts';

const peer = new RpcPeer<GpuCheckContract, GpuCheckHostContract>(connectVsCode(), {});

registerToolkit();
const app = createApp(GpuCheck, { peer });
app.config.errorHandler = (error) => peer.send('failed', { message: toWireError(error).message });
app.mount('#app');
