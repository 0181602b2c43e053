// Counts the allocations of the whole program: linking it in puts a counter before malloc, calloc, realloc and aligned_alloc.
#ifndef SUPPORT_ALLOCATIONS_H
#define SUPPORT_ALLOCATIONS_H

// How many there were so far; always 0 under sanitizers, which bring their own allocator.
unsigned long allocations_count(void);

#endif
