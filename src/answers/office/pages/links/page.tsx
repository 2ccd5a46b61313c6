/** Doubtful links: the queue, and one of them. */
import { useParams } from 'wouter';
import Queue from './queue.tsx';
import Review from './review.tsx';

export default function Links() {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <Queue /> : <Review key={id} id={id} />;
}
