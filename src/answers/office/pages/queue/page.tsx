/** 待办: what waits, and one matter of it. */
import { useParams } from 'wouter';
import Matter from './matter.tsx';
import Waiting from './list.tsx';

export default function Queue() {
  const { kind, id } = useParams<{ kind?: string; id?: string }>();
  return kind === undefined || id === undefined ? (
    <Waiting />
  ) : (
    <Matter key={`${kind} ${id}`} kind={kind} id={id} />
  );
}
