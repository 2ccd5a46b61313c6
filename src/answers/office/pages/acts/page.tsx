/** Acts: the search, and one of them. */
import { useParams } from 'wouter';
import One from './one.tsx';
import Search from './search.tsx';

export default function Acts() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <Search /> : <One key={id} id={id} />;
}
