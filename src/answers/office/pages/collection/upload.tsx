/** 上传: a file is dropped or chosen, goes out with its progress in sight, and is followed to its end. */
import { useState } from 'react';
import {
  Alert,
  Button,
  Form,
  Input,
  InputNumber,
  Progress,
  Select,
  Typography,
  Upload,
} from 'antd';
import { Link, useLocation, useParams } from 'wouter';
import { useRead } from '../../../../ui/office/ask.ts';
import { useLanguage } from '../../../../ui/office/language.tsx';
import { PageHead, Shown, Trouble } from '../../../../ui/office/parts.tsx';
import { type Sent, type Upload as Sending, upload } from '../../../../ui/office/upload.ts';
import { dueRoute, uploadRoute } from '../../collection/contract.ts';
import { bytesText } from './words.ts';

type Item = { readonly code: string; readonly name: string };

export default function UploadPage() {
  const { t } = useLanguage();
  const { item } = useParams<{ item?: string }>();
  const asked = useRead(dueRoute, {});
  return (
    <>
      <PageHead
        title={t('上传', 'Upload')}
        lead={t(
          '支持XLSX、CSV、TSV、JSON、NDJSON。文件原样保存；每一行都有结果，错误的行连同原因退回。同一文件重复上传不会改变任何内容。',
          'XLSX, CSV, TSV, JSON, NDJSON. The file is kept as it is; every row gets an outcome, and wrong rows come back with reasons. Sending a file twice changes nothing.',
        )}
      />
      <Shown asked={asked}>
        {({ items, others, uploadBytesMax }) => (
          <Send
            items={[...items.map((one) => one.item), ...others]}
            chosen={item === undefined ? null : decodeURIComponent(item)}
            most={uploadBytesMax}
          />
        )}
      </Shown>
    </>
  );
}

/** Item, month and number of rows, as they are typed. */
type What = { readonly item: string; readonly period: string; readonly declaredRows: string };

type Going = {
  readonly file: File;
  readonly sent: Sent;
  readonly sending: Sending<unknown>;
};

function Send(parts: {
  readonly items: readonly Item[];
  readonly chosen: string | null;
  readonly most: number;
}) {
  const [, go] = useLocation();
  const [said, setSaid] = useState<What>({
    item: parts.chosen ?? parts.items[0]?.code ?? '',
    period: '',
    declaredRows: '',
  });
  const [going, setGoing] = useState<Going | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [again, setAgain] = useState<string | null>(null);

  function send(file: File): void {
    setError(null);
    setAgain(null);
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
    const sending = upload(uploadRoute, given, file, (sent) => setGoing({ file, sent, sending }));
    setGoing({ file, sent: { sent: 0, all: file.size }, sending });
    sending.done.then(
      ({ batch, repeated }) => {
        setGoing(null);
        if (repeated) setAgain(batch);
        else go(`/collection/batches/${batch}`);
      },
      (refused: unknown) => {
        setGoing(null);
        setError(refused);
      },
    );
  }

  return (
    <>
      <Trouble error={error} />
      {again === null ? null : <SentBefore batch={again} />}
      <Said items={parts.items} said={said} onSaid={setSaid} />
      {going === null ? <Drop most={parts.most} onFile={send} /> : <Way going={going} />}
    </>
  );
}

/** What is said of a file. */
function Said(parts: {
  readonly items: readonly Item[];
  readonly said: What;
  readonly onSaid: (said: What) => void;
}) {
  const { t } = useLanguage();
  const { said, onSaid } = parts;
  return (
    <Form layout="vertical" requiredMark={false}>
      <Form.Item label={t('事项', 'Item')} htmlFor="item">
        <Select
          id="item"
          value={said.item}
          onChange={(item) => onSaid({ ...said, item })}
          showSearch={{ optionFilterProp: 'label' }}
          options={parts.items.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item
        label={t('所属月份（可以不填）', 'Month it is of (may be empty)')}
        htmlFor="period"
      >
        <Input
          id="period"
          type="month"
          value={said.period}
          onChange={({ target }) => onSaid({ ...said, period: target.value })}
        />
      </Form.Item>
      <Form.Item
        label={t('应有行数（可以不填，用于核对）', 'Rows it should have (may be empty)')}
        htmlFor="declared"
      >
        <InputNumber
          id="declared"
          min={0}
          precision={0}
          onChange={(value) =>
            onSaid({ ...said, declaredRows: value === null ? '' : String(value) })
          }
        />
      </Form.Item>
    </Form>
  );
}

function Drop(parts: { readonly most: number; readonly onFile: (file: File) => void }) {
  const { t } = useLanguage();
  return (
    <Upload.Dragger
      name="file"
      multiple={false}
      showUploadList={false}
      accept=".xlsx,.csv,.tsv,.txt,.json,.ndjson,.jsonl"
      customRequest={({ file }) => parts.onFile(file as File)}
    >
      <p>
        <strong>
          {t(
            '把文件拖到这里，或者按回车选择文件',
            'Drop a file here, or press Enter to choose one',
          )}
        </strong>
      </p>
      <p>{t(`一次最大${bytesText(parts.most)}`, `${bytesText(parts.most)} at most`)}</p>
    </Upload.Dragger>
  );
}

function SentBefore({ batch }: { readonly batch: string }) {
  const { t } = useLanguage();
  return (
    <Alert
      type="info"
      showIcon
      role="status"
      className="trouble"
      title={t(
        '这份文件以前已经收过，本次没有任何改变。',
        'This file was received before; nothing changed.',
      )}
      description={
        <Link href={`/collection/batches/${batch}`}>{t('查看当时的批次', 'See that batch')}</Link>
      }
    />
  );
}

function Way({ going }: { readonly going: Going }) {
  const { t } = useLanguage();
  const { file, sent, sending } = going;
  const percent = sent.all === 0 ? 100 : Math.floor((sent.sent * 100) / sent.all);
  return (
    <section aria-label={t('正在上传', 'Uploading')}>
      <Typography.Paragraph>
        {file.name}
        {t('：', ': ')}
        {bytesText(sent.sent)} / {bytesText(sent.all)}
      </Typography.Paragraph>
      <Progress percent={percent} aria-label={t('上传进度', 'Progress of the upload')} />
      <Button onClick={() => sending.stop()}>{t('停止上传', 'Stop')}</Button>
    </section>
  );
}
