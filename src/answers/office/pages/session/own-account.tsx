/** One's own account: devices and password. */
import { App, Button, Tag } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { devicesRoute, meRoute, signOutRoute } from '../../../../trust/accounts/contract.ts';
import { useChange, useRead } from '../../../../ui/office/ask.ts';
import { keepCsrf } from '../../../../ui/office/client.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { DataTable } from '../../../../ui/office/data-table.tsx';
import { Facts, Moment, PageHead, Trouble } from '../../../../ui/office/parts.tsx';
import { ChoosePassword } from './choose-password.tsx';
import { useMe } from './me.ts';

export default function OwnAccount() {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const me = useMe();
  const client = useQueryClient();
  return (
    <>
      <PageHead title={t('我的账户', 'My account')} />
      <Facts
        facts={[
          [t('账户', 'Account'), me.account],
          [t('姓名', 'Name'), me.name],
          [t('单位', 'Unit'), me.unitName],
          [t('岗位', 'Positions'), me.positionNames.map(say).join(t('、', ', '))],
        ]}
      />
      <h2>{t('正在使用的设备', 'Devices in use')}</h2>
      <Devices />
      <h2>{t('更换口令', 'Change the password')}</h2>
      <div className="door">
        <ChoosePassword
          onMe={(next) => {
            keepCsrf(next.csrf);
            client.setQueryData([meRoute.path, {}], next);
            void message.success(t('口令已更换', 'The password was changed'));
          }}
        />
      </div>
    </>
  );
}

function Devices() {
  const { t } = useLanguage();
  const devices = useRead(devicesRoute, {});
  const end = useChange(signOutRoute, [devicesRoute]);
  return (
    <>
      <Trouble error={devices.error ?? end.error} />
      <DataTable
        caption={t('正在使用的设备', 'Devices in use')}
        rowKey={({ id }) => id}
        list={{ rows: devices.data?.devices ?? [] }}
        columns={[
          { title: t('设备', 'Device'), dataIndex: 'device' },
          { title: t('网络地址', 'Address'), dataIndex: 'address' },
          {
            title: t('登录时间', 'Since'),
            render: (_value, { since }) => <Moment at={since} />,
          },
          {
            title: t('最近使用', 'Last seen'),
            render: (_value, { seen }) => <Moment at={seen} />,
          },
          {
            title: t('操作', 'Actions'),
            render: (_value, { id, current }) =>
              current ? (
                <Tag>{t('本设备', 'This device')}</Tag>
              ) : (
                <Button size="small" onClick={() => end.mutate({ id })}>
                  {t('退出这台设备', 'Sign it out')}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}
