/** A department's word on its own figures, given where they are read. */
import { useState } from 'react';
import { Button, Flex, Form, Input } from 'antd';
import { useChange } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { Trouble } from '../../../../ui/office/parts.tsx';
import { bulletinResponseRoute } from '../../quality/contract.ts';
import { type QueueStepView, queueCaseRoute, queueRoute } from '../../queue/contract.ts';

export function Respond(parts: { readonly id: string; readonly steps: readonly QueueStepView[] }) {
  const { t, say } = useLanguage();
  const respond = useChange(bulletinResponseRoute, [queueRoute, queueCaseRoute]);
  const [reason, setReason] = useState('');
  const { id, steps } = parts;
  return (
    <>
      <Form.Item
        label={t('说明（提出异议必填）', 'Reason (needed to contest)')}
        htmlFor="response-reason"
      >
        <Input
          id="response-reason"
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
        />
      </Form.Item>
      <Flex gap="small" wrap>
        {steps
          .filter(({ allowed }) => allowed)
          .map(({ action, name }) => (
            <Button
              key={action}
              disabled={action === 'contest' && reason.trim() === ''}
              loading={respond.isPending}
              onClick={() => respond.mutate({ id, reason, action: action as 'confirm' })}
            >
              {say(name)}
            </Button>
          ))}
      </Flex>
      <Trouble error={respond.error} />
    </>
  );
}
