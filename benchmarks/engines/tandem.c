/*
 * A plain open tandem of M/M/c stations, first come first served: what a C program needs for it.
 *
 *     tandem CUSTOMERS LEFT_OUT SEED RATE SERVERS MEAN [SERVERS MEAN ...]
 *
 * Customers come as a Poisson process of RATE [1/h] and pass all stations in turn; work is exponential of the given
 * MEAN [h]. The run begins empty and ends when everybody has left. The sojourn of every customer is kept. Printed are
 * the number of customers, the mean sojourn [h] of all but the first LEFT_OUT, and the CPU time [s] of everything
 * between reading the arguments and printing.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_STATIONS = 64, PLACE_SHIFT = 48 };

/* The increment of splitmix64: 2^64 over the golden ratio. */
static const uint64_t GOLDEN = 0x9E3779B97F4A7C15u;

static void stop(const char *why) {
    fprintf(stderr, "tandem: %s\n", why);
    exit(2);
}

static void *room(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (memory == NULL) stop("out of memory");
    return memory;
}

/* Draws: pure functions of run, customer and purpose. */

static uint64_t mixed(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double exponential(uint64_t run, uint64_t customer, uint64_t purpose, double mean) {
    uint64_t entity = mixed(run + GOLDEN * (customer + 1));
    uint64_t bits = mixed(entity + GOLDEN * (purpose + 1));
    double u = (double)(bits >> 11) * 0x1.0p-53; /* in [0, 1) */
    return -mean * log(1.0 - u);
}

/* The calendar: a binary heap of events, earliest first, simultaneous ones by key. */

typedef struct {
    double time;  /* [h] */
    uint64_t key; /* place, then customer */
} Event;

typedef struct {
    Event *events;
    size_t count;
} Calendar;

static int earlier(Event a, Event b) { return a.time < b.time || (a.time == b.time && a.key < b.key); }

static void schedule(Calendar *calendar, double time, uint64_t place, uint64_t customer) {
    Event event = {time, place << PLACE_SHIFT | customer};
    Event *heap = calendar->events;
    size_t hole = calendar->count++;
    while (hole > 0) {
        size_t parent = (hole - 1) / 2;
        if (!earlier(event, heap[parent])) break;
        heap[hole] = heap[parent];
        hole = parent;
    }
    heap[hole] = event;
}

static Event take_earliest(Calendar *calendar) {
    Event *heap = calendar->events;
    Event first = heap[0];
    size_t count = --calendar->count;
    Event last = heap[count];
    size_t hole = 0;
    for (size_t child = 1; child < count; child = 2 * hole + 1) {
        if (child + 1 < count && earlier(heap[child + 1], heap[child])) child++;
        if (!earlier(heap[child], last)) break;
        heap[hole] = heap[child];
        hole = child;
    }
    heap[hole] = last;
    return first;
}

/* Queues: rings whose room is a power of two and doubles when it is full. */

typedef struct {
    uint64_t *customers;
    size_t head, count, mask;
} Queue;

static void queue_up(Queue *queue, uint64_t customer) {
    if (queue->customers == NULL || queue->count > queue->mask) {
        size_t size = queue->customers == NULL ? 64 : 2 * (queue->mask + 1);
        uint64_t *wider = room(size, sizeof *wider);
        for (size_t i = 0; i < queue->count; i++) wider[i] = queue->customers[(queue->head + i) & queue->mask];
        free(queue->customers);
        *queue = (Queue){wider, 0, queue->count, size - 1};
    }
    queue->customers[(queue->head + queue->count++) & queue->mask] = customer;
}

static uint64_t call_next(Queue *queue) {
    uint64_t customer = queue->customers[queue->head];
    queue->head = (queue->head + 1) & queue->mask;
    queue->count--;
    return customer;
}

/* The network. */

typedef struct {
    uint64_t idle; /* servers */
    double mean;   /* work [h] */
    Queue queue;
} Station;

typedef struct {
    uint64_t run;
    uint64_t customers;
    double rate;
    size_t count;
    Station stations[MOST_STATIONS];
    Calendar calendar;
    double *sojourns; /* the instant of arrival until the customer has left [h] */
} Network;

/* Place 0 of a calendar event is the door, place s the end of a service at station s - 1; the same numbers serve as
 * the purposes of draws. */

static void serve(Network *network, size_t station, uint64_t customer, double now) {
    double work = exponential(network->run, customer, station + 1, network->stations[station].mean);
    schedule(&network->calendar, now + work, station + 1, customer);
}

static void arrive(Network *network, size_t station, uint64_t customer, double now) {
    Station *at = &network->stations[station];
    if (at->idle > 0) {
        at->idle--;
        serve(network, station, customer, now);
    } else {
        queue_up(&at->queue, customer);
    }
}

static void leave(Network *network, size_t station, uint64_t customer, double now) {
    Station *at = &network->stations[station];
    if (at->queue.count > 0)
        serve(network, station, call_next(&at->queue), now);
    else
        at->idle++;
    if (station + 1 < network->count)
        arrive(network, station + 1, customer, now);
    else
        network->sojourns[customer] = now - network->sojourns[customer];
}

static void come_in(Network *network, uint64_t customer, double now) {
    network->sojourns[customer] = now;
    if (customer + 1 < network->customers) {
        double gap = exponential(network->run, customer + 1, 0, 1.0 / network->rate);
        schedule(&network->calendar, now + gap, 0, customer + 1);
    }
    arrive(network, 0, customer, now);
}

static void simulate(Network *network) {
    schedule(&network->calendar, exponential(network->run, 0, 0, 1.0 / network->rate), 0, 0);
    while (network->calendar.count > 0) {
        Event event = take_earliest(&network->calendar);
        uint64_t place = event.key >> PLACE_SHIFT, customer = event.key & ((1ull << PLACE_SHIFT) - 1);
        if (place == 0)
            come_in(network, customer, event.time);
        else
            leave(network, place - 1, customer, event.time);
    }
}

int main(int count, char **words) {
    if (count < 7 || count % 2 == 0 || (count - 5) / 2 > MOST_STATIONS)
        stop("usage: tandem CUSTOMERS LEFT_OUT SEED RATE SERVERS MEAN [SERVERS MEAN ...]");
    clock_t begin = clock();
    uint64_t left_out = strtoull(words[2], NULL, 10), servers = 0;
    Network network = {.run = mixed(strtoull(words[3], NULL, 10) + GOLDEN),
                       .customers = strtoull(words[1], NULL, 10),
                       .rate = strtod(words[4], NULL),
                       .count = (size_t)(count - 5) / 2};
    if (network.customers <= left_out) stop("more customers are needed than are left out");
    if (!(network.rate > 0.0)) stop("customers need a rate above 0");
    for (size_t s = 0; s < network.count; s++) {
        network.stations[s].idle = strtoull(words[5 + 2 * s], NULL, 10);
        network.stations[s].mean = strtod(words[6 + 2 * s], NULL);
        if (network.stations[s].idle == 0) stop("a station needs a server");
        servers += network.stations[s].idle;
    }
    network.sojourns = room(network.customers, sizeof *network.sojourns);
    network.calendar.events = room(servers + 1, sizeof *network.calendar.events); /* nobody else has a date */
    simulate(&network);
    double sum = 0.0;
    for (uint64_t i = left_out; i < network.customers; i++) sum += network.sojourns[i];
    double mean = sum / (double)(network.customers - left_out);
    double spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
    printf("customers %llu\n", (unsigned long long)network.customers);
    printf("mean_sojourn %.17g\ncpu_seconds %.6f\n", mean, spent);
    for (size_t s = 0; s < network.count; s++) free(network.stations[s].queue.customers);
    free(network.calendar.events);
    free(network.sojourns);
    return 0;
}
