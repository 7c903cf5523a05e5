package dev.llmsim.recorder;

import dev.llmsim.exchange.Request;

/** What an event loop hands to the recorder's thread. */
sealed interface Job {
    /** Has {@code worker} do this. */
    void doWith(Worker worker);

    /** Does jobs, one method a case. */
    interface Worker {
        void begun(Begun job);

        void ended(Ended job);

        void givenUp(GivenUp job);

        void stop();
    }

    /** An exchange has begun. */
    record Begun(long row, Request head, long atMillis) implements Job {
        @Override
        public void doWith(Worker worker) {
            worker.begun(this);
        }
    }

    /**
     * An exchange has ended.
     *
     * @param heldBytes what to give back to the budget when it is done with
     */
    record Ended(long row, Take take, long heldBytes, long atNanos) implements Job {
        @Override
        public void doWith(Worker worker) {
            worker.ended(this);
        }
    }

    /** An exchange will not be kept. */
    record GivenUp(long row, String reason) implements Job {
        @Override
        public void doWith(Worker worker) {
            worker.givenUp(this);
        }
    }

    /** There will be no more. */
    record Stop() implements Job {
        @Override
        public void doWith(Worker worker) {
            worker.stop();
        }
    }
}
