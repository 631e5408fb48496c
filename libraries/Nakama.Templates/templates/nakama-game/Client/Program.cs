using Nakama;

var client = new Client("http", "127.0.0.1", 7350, "defaultkey");
var session = await client.AuthenticateDeviceAsync(Guid.NewGuid().ToString());
Console.WriteLine((await client.RpcAsync(session, "hello")).Payload);

var id = (await client.RpcAsync(session, "create_match")).Payload;
var socket = Socket.From(client);
var counted = new TaskCompletionSource<string>();
socket.ReceivedMatchState += state => counted.TrySetResult(System.Text.Encoding.UTF8.GetString(state.State));
await socket.ConnectAsync(session);
await socket.JoinMatchAsync(id);
await socket.SendMatchStateAsync(id, 1, "");
Console.WriteLine($"The match has counted {await counted.Task}.");
await socket.CloseAsync();
