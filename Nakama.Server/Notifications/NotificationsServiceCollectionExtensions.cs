using Nakama.Server.Accounts;
using Nakama.Server.Api;

namespace Nakama.Server.Notifications;

internal static class NotificationsServiceCollectionExtensions
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, NotificationAccountPart>()
        .AddSingleton<NotificationStore>()
        .AddSingleton<OperatorNotificationList>()
        .AddSingleton<NotificationSender>()
        .AddSingleton<NotificationBroadcast>()
        .AddHostedService(static services => services.GetRequiredService<NotificationBroadcast>())
        .AddSingleton<IApiFeature, NotificationsApi>();
}
