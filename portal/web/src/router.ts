// SPDX-License-Identifier: Apache-2.0
import { createRouter, createWebHistory } from 'vue-router';
import HomePage from './pages/HomePage.vue';
import LoginPage from './pages/LoginPage.vue';
import { user } from './session';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', component: LoginPage, meta: { title: '登录', open: true } },
    { path: '/', component: HomePage, meta: { title: '首页' } },
    { path: '/key', component: () => import('./pages/KeyPage.vue'), meta: { title: '读取锁' } },
    { path: '/inspection', component: () => import('./pages/InspectionPage.vue'), meta: { title: '签章年检' } },
    { path: '/inspection/order', component: () => import('./pages/InspectionOrderPage.vue'), meta: { title: '填写年检订单' } },
    { path: '/orders', component: () => import('./pages/OrdersPage.vue'), meta: { title: '我的订单' } },
    { path: '/orders/:number/pay', component: () => import('./pages/PayPage.vue'), props: true, meta: { title: '支付' } },
    {
      path: '/orders/:number/inspection',
      component: () => import('./pages/InspectionWorkPage.vue'),
      props: true,
      meta: { title: '年检操作' },
    },
    {
      path: '/orders/:number/unblock',
      component: () => import('./pages/UnblockPage.vue'),
      props: true,
      meta: { title: '解锁' },
    },
    { path: '/document', component: () => import('./pages/DocumentPage.vue'), meta: { title: '文件盖章' } },
    { path: '/stamp', component: () => import('./pages/StampPage.vue'), meta: { title: '测试盖章' } },
    { path: '/:rest(.*)', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  if (to.meta['open']) return true;
  return (await user()) ? true : { path: '/login', query: { next: to.fullPath } };
});

router.afterEach((to) => {
  document.title = `${String(to.meta['title'] ?? '')} · CA数字证书在线办理系统`;
});
