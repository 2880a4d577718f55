// Most tests here wait for machines to hash: more of them fit side by side than there are cores.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
