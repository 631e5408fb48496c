using Nakama.Server.Hosting;
using TicTacToe;

await NakamaServer.CreateBuilder(args).WithGameLogic<TicTacToeGame>().Build().RunAsync();
