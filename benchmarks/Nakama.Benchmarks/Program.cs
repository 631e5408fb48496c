using BenchmarkDotNet.Running;
using Nakama.Benchmarks;

// A distribution of times beside other work is nothing that the benchmark runner measures.
if (args is [AddLatency.Name]) await AddLatency.RunAsync();
else BenchmarkSwitcher.FromAssembly(typeof(BenchmarkNode).Assembly).Run(args);
