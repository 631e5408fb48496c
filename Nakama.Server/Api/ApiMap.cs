using Google.Protobuf;
using Google.Protobuf.Reflection;
using Nakama.Server.Database;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Nakama.Server.Api;

/// <summary>Registers its methods with the API once, at start.</summary>
public interface IApiFeature
{
    void Map(ApiMap api);
}

/// <summary>
/// All methods of the services of one audience, by name; no two have the same. Features fill it before the listeners open;
/// afterwards it is only read.
/// </summary>
public sealed class ApiMap
{
    private readonly Dictionary<string, ApiMethod> _methods;
    private readonly ILogger<ApiMap> _log;

    public ApiMap(IReadOnlyList<ServiceDescriptor> services, Func<MethodDescriptor, ApiCredential> credentialOf, ILogger<ApiMap> log)
    {
        _log = log;
        Services = services;
        _methods = services.SelectMany(service => service.Methods).ToDictionary(m => m.Name, m => new ApiMethod(m, credentialOf(m)), StringComparer.Ordinal);
    }

    /// <summary>The services, that of the contract first.</summary>
    public IReadOnlyList<ServiceDescriptor> Services { get; }

    public IReadOnlyCollection<ApiMethod> Methods => _methods.Values;

    public ApiMethod? Find(string name) => _methods.GetValueOrDefault(name);

    /// <summary>Gives a method its handler. The types must be those of the contract.</summary>
    /// <param name="name">The bare name of the method.</param>
    /// <param name="handler">Runs it.</param>
    /// <param name="failure">The error reported when one of its statements fails; null to report an internal error.</param>
    /// <exception cref="InvalidOperationException">The method is unknown, has other types, or already has a handler.</exception>
    public void Map<TRequest, TResponse>(string name, Func<ApiCall, TRequest, CancellationToken, ValueTask<TResponse>> handler, StatementFailure? failure = null)
        where TRequest : class, IMessage
        where TResponse : class, IMessage
    {
        if (!_methods.TryGetValue(name, out var method))
            throw new InvalidOperationException($"{Services[0].FullName} has no method {name}.");
        if (method.Descriptor.InputType.ClrType != typeof(TRequest) || method.Descriptor.OutputType.ClrType != typeof(TResponse))
            throw new InvalidOperationException($"{name} takes {method.Descriptor.InputType.Name} and returns {method.Descriptor.OutputType.Name}.");
        if (method.Handler is not null)
            throw new InvalidOperationException($"{name} already has a handler.");

        method.Handler = (call, request, cancellationToken) =>
        {
            var running = handler(call, (TRequest)request, cancellationToken);
            if (running.IsCompletedSuccessfully) return new(running.Result);
            return failure is null ? AwaitAsync(running) : AwaitOrTranslateAsync(running, failure, _log);
        };

        static async ValueTask<IMessage> AwaitAsync(ValueTask<TResponse> running) => await running;

        static async ValueTask<IMessage> AwaitOrTranslateAsync(ValueTask<TResponse> running, StatementFailure failure, ILogger log)
        {
            try
            {
                return await running;
            }
            catch (Exception e) when (failure.Covers(e))
            {
                throw failure.Translate(e, log);
            }
        }
    }
}
