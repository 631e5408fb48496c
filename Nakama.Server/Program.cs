using Nakama.Server.Hosting;

var app = NakamaServer.Create(new NakamaOptions());
app.Run();
