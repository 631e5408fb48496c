using BenchmarkDotNet.Running;
using Nakama.Benchmarks;

// BenchmarkDotNet cannot measure a distribution of latencies under concurrent load.
if (args is [AddLatency.Name]) await AddLatency.RunAsync();
else BenchmarkSwitcher.FromAssembly(typeof(BenchmarkNode).Assembly).Run(args);
