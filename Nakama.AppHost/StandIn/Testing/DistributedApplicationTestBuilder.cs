using Aspire.Hosting.Running;

namespace Aspire.Hosting.Testing;

internal sealed class DistributedApplicationTestBuilder(string[] args) : DistributedApplicationBuilder(args), IDistributedApplicationTestingBuilder
{
    public override DistributedApplication Build() =>
        EntryPoint.Described is null ? new(this, Terminal.Silent(), isThrowaway: true) : throw new EntryPoint.DescribedException();

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(Build());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
