// SPDX-License-Identifier: Apache-2.0
import 'element-plus/dist/index.css';
import './style.css';
import { createApp } from 'vue';
import App from './App.vue';
import { router } from './router';

createApp(App).use(router).mount('#app');
