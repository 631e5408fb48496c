using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Api;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class MethodsOfTheContract(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public void Every_method_of_the_console_has_a_handler() =>
        Assert.Empty(fixture.Server.Services.GetServices<ApiService>().Single(service => service.Audience == ApiAudience.Operators)
            .Map.Methods.Where(method => method.Handler is null).Select(method => method.Name));
}
