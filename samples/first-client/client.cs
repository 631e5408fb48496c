#:package NakamaClient@3.22.1
#:property PublishAot=false
using Nakama;

var client = new Client("http", "localhost", int.Parse(args.FirstOrDefault() ?? "7350"), "defaultkey");
var session = await client.AuthenticateDeviceAsync("the-laptop-of-ben", "ben");
var socket = Socket.From(client);
socket.ReceivedChannelMessage += message => Console.WriteLine($"{message.Username} says {message.Content}");
await socket.ConnectAsync(session);
var room = await socket.JoinChatAsync("lobby", ChannelType.Room, persistence: true, hidden: false);
await socket.WriteChatMessageAsync(room, """{"text": "hello from C#"}""");
await Task.Delay(Timeout.Infinite);
