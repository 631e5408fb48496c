var builder = DistributedApplication.CreateBuilder(args);

// PostgreSQL runs in a container, unless ConnectionStrings:nakamadb names a database.
builder.AddNakama("nakama").WithGameLogic<Projects.MyGame>();

builder.Build().Run();
