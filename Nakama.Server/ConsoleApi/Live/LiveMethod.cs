using Google.Protobuf;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>One live method.</summary>
internal abstract class LiveMethod
{
    /// <summary>The answer of this node alone, to the encoded request of another node.</summary>
    public abstract ValueTask<IMessage> AnswerAsync(ByteString request, CancellationToken cancellationToken);

    /// <summary>Registers the method as one of the console API.</summary>
    public abstract void Attach(ApiMap api, LiveNodes nodes);
}

/// <inheritdoc cref="LiveMethod"/>
internal sealed class LiveMethod<TRequest, TAnswer>(
    string name,
    Func<TRequest, CancellationToken, ValueTask<TAnswer>> answer,
    Func<TRequest, string?>? nodeOf,
    Func<TRequest, LiveAnswers<TAnswer>, TAnswer>? merge) : LiveMethod
    where TRequest : class, IMessage<TRequest>, new()
    where TAnswer : class, IMessage<TAnswer>, new()
{
    private static readonly MessageParser<TRequest> Requests = new(static () => new TRequest());

    public override async ValueTask<IMessage> AnswerAsync(ByteString request, CancellationToken cancellationToken) =>
        await answer(Requests.ParseFrom(request), cancellationToken);

    public override void Attach(ApiMap api, LiveNodes nodes) => api.Map<TRequest, TAnswer>(name, async (_, request, cancellationToken) =>
    {
        if (nodeOf is not null)
        {
            return nodeOf(request) is { } node && !nodes.IsThis(node)
                ? await nodes.AskAsync<TAnswer>(node, name, request, cancellationToken)
                : await answer(request, cancellationToken);
        }

        return merge!(request, await nodes.AskAllAsync(name, request, answer, cancellationToken));
    });
}
