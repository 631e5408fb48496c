using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The TypeScript types of what functions return. A test compiles returned values against them.</summary>
internal static class TypingsResults
{
    /// <summary>The shapes of returned objects.</summary>
    public const string Shapes = """
          interface User {
            userId: string;
            username: string;
            displayName: string;
            avatarUrl: string;
            langTag: string;
            location: string;
            timezone: string;
            appleId?: string;
            facebookId?: string;
            facebookInstantGameId?: string;
            googleId?: string;
            gamecenterId?: string;
            steamId?: string;
            online: boolean;
            edgeCount: number;
            createTime: number;
            updateTime: number;
            metadata: Json;
          }

          interface Account {
            user: User;
            wallet: { [currency: string]: number };
            email?: string;
            devices?: { id: string }[];
            customId?: string;
            verifyTime?: number;
            disableTime?: number;
          }

          /** State: 0 a friend, 1 invited, 2 has invited, 3 blocked. */
          interface Friend {
            state: number;
            updateTime?: number;
            user: User;
            metadata: Json;
          }

          interface Group {
            id: string;
            creatorId: string;
            name: string;
            description: string;
            avatarUrl: string;
            langTag: string;
            open: boolean;
            edgeCount: number;
            maxCount: number;
            createTime: number;
            updateTime: number;
            metadata: Json;
          }

          /** State: 0 superadmin, 1 admin, 2 member, 3 asks to join. */
          interface GroupUser {
            user: User;
            state: number;
          }

          interface UserGroup {
            group: Group;
            state: number;
          }

          interface StorageObject {
            key: string;
            collection: string;
            userId: string | null;
            version: string;
            permissionRead: number;
            permissionWrite: number;
            createTime: number;
            updateTime: number;
            value: Json;
          }

          interface StorageObjectAck {
            key: string;
            collection: string;
            userId: string;
            version: string;
          }

          interface Match {
            matchId: string;
            authoritative: boolean;
            /** Absent for relayed matches. */
            label?: string;
            size: number;
          }

          /** How a session takes part in a stream. */
          interface StreamMeta {
            hidden: boolean;
            persistence: boolean;
            username: string;
            status: string;
            reason: number;
          }

          interface StreamUser extends StreamMeta {
            userId: string;
            sessionId: string;
            nodeId: string;
          }

          interface Leaderboard {
            id: string;
            authoritative: boolean;
            operator: string;
            sortOrder: number;
            metadata: Json;
            createTime: number;
            nextReset?: number;
            prevReset?: number;
          }

          interface LeaderboardRecord {
            leaderboardId: string;
            ownerId: string;
            username: string | null;
            score: number;
            subscore: number;
            numScore: number;
            maxNumScore: number;
            metadata: Json;
            createTime: number;
            updateTime: number;
            expiryTime: number | null;
            rank: number;
          }

          interface Tournament {
            id: string;
            title: string;
            description: string;
            category: number;
            sortOrder: number;
            size: number;
            maxSize: number;
            maxNumScore: number;
            duration: number;
            startActive: number;
            endActive: number;
            canEnter: boolean;
            nextReset?: number;
            prevReset?: number;
            metadata: Json;
            createTime: number;
            startTime: number;
            endTime: number | null;
            operator: string;
            joinRequired: boolean;
          }

          interface Purchase {
            userId: string;
            productId: string;
            transactionId: string;
            store: string;
            providerResponse: string;
            purchaseTime?: number;
            createTime?: number;
            updateTime?: number;
            refundTime?: number;
            environment: string;
            seenBefore: boolean;
          }

          interface Subscription {
            userId: string;
            productId: string;
            originalTransactionId: string;
            store: string;
            purchaseTime?: number;
            createTime?: number;
            updateTime?: number;
            refundTime?: number;
            environment: string;
            expiryTime?: number;
            active: boolean;
            providerResponse: string;
            providerNotification: string;
          }

          interface ChannelMessage {
            channelId: string;
            messageId: string;
            code: number;
            senderId: string;
            username: string;
            content: string;
            createTime: number;
            updateTime: number;
            persistent: boolean;
            roomName: string;
            groupId: string;
            userIdOne: string;
            userIdTwo: string;
          }

          interface ChannelMessageAck {
            channelId: string;
            messageId: string;
            code: { Value: number };
            username: string;
            createTime: number;
            updateTime: number;
            persistent: { Value: boolean };
          }

          interface WalletUpdateResult {
            userId: string;
            previous: { [currency: string]: number };
            updated: { [currency: string]: number };
          }

          interface WalletLedgerItem {
            id: string;
            userId: string;
            createTime: number;
            updateTime: number;
            changeset: { [currency: string]: number };
            metadata: Json;
          }

          interface Job {
            name: string;
            schedule: string;
            nextTime?: number;
            isRunning: boolean;
            isRequested: boolean;
            runCount: number;
            failureCount: number;
            lastRun?: { dueTime: number; startTime: number; durationMs: number; outcome: string; error?: string; node: string };
          }

        """;

    /// <summary>The types of results by their names, which mean the same in all functions.</summary>
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["account"] = "Account",
        ["accounts"] = "Account[]",
        ["users"] = "User[]",
        ["user_id"] = "string",
        ["username"] = "string",
        ["created"] = "boolean",
        ["exp"] = "number",
        ["token"] = "string",
        ["export"] = "string",
        ["channel_id"] = "string",
        ["ack"] = "ChannelMessageAck",
        ["timestamp_sec"] = "number",
        ["friends"] = "Friend[]",
        ["friends_of_friends"] = "{ referrer: string; user: User }[]",
        ["groups"] = "Group[]",
        ["group"] = "Group",
        ["group_users"] = "GroupUser[]",
        ["user_groups"] = "UserGroup[]",
        ["hash"] = "string",
        ["digest"] = "string",
        ["is_equal"] = "boolean",
        ["code"] = "number",
        ["headers"] = "{ [name: string]: string[] }",
        ["body"] = "string",
        ["job"] = "Job | null",
        ["jobs"] = "Job[]",
        ["leaderboards"] = "Leaderboard[]",
        ["tournaments"] = "Tournament[]",
        ["record"] = "LeaderboardRecord",
        ["records"] = "LeaderboardRecord[]",
        ["owner_records"] = "LeaderboardRecord[]",
        ["rank_count"] = "number",
        ["match_id"] = "string",
        ["objects"] = "StorageObject[]",
        ["acks"] = "StorageObjectAck[]",
        ["storage_write_acks"] = "StorageObjectAck[]",
        ["wallet_update_acks"] = "WalletUpdateResult[]",
        ["results"] = "WalletUpdateResult[]",
        ["item"] = "WalletLedgerItem",
        ["items"] = "WalletLedgerItem[]",
        ["updated"] = "{ [currency: string]: number }",
        ["previous"] = "{ [currency: string]: number }",
        ["validated_purchases"] = "Purchase[]",
        ["validated_subscription"] = "Subscription",
        ["validated_subscriptions"] = "Subscription[]",
        ["is_new"] = "boolean",
        ["count"] = "number",
        ["cursor"] = "string | null",
        ["next_cursor"] = "string | null",
        ["prev_cursor"] = "string | null",
    };

    /// <summary>The types of functions whose results differ from what the names say.</summary>
    private static readonly Dictionary<string, string> ByFunction = new(StringComparer.Ordinal)
    {
        ["aes128_encrypt"] = "string",
        ["aes128_decrypt"] = "string",
        ["aes256_encrypt"] = "string",
        ["aes256_decrypt"] = "string",
        ["base16_decode"] = "ArrayBuffer",
        ["base16_encode"] = "string",
        ["base64_decode"] = "ArrayBuffer",
        ["base64_encode"] = "string",
        ["base64url_decode"] = "ArrayBuffer",
        ["base64url_encode"] = "string",
        ["binary_to_string"] = "string",
        ["string_to_binary"] = "ArrayBuffer",
        ["hmac_sha256_hash"] = "ArrayBuffer",
        ["rsa_sha256_hash"] = "ArrayBuffer",
        ["secure_random_bytes"] = "ArrayBuffer",
        ["uuid_v4"] = "string",
        ["sql_exec"] = "{ rowsAffected: number }",
        ["sql_query"] = "Json[]",
        ["match_signal"] = "string",
        ["match_get"] = "Match | null",
        ["match_list"] = "Match[]",
        ["stream_user_get"] = "StreamMeta | null",
        ["stream_user_list"] = "StreamUser[]",
        ["purchase_validate_apple"] = "{ validatedPurchases: Purchase[] }",
        ["purchase_validate_google"] = "{ validatedPurchases: Purchase[] }",
        ["purchase_validate_huawei"] = "{ validatedPurchases: Purchase[] }",
        ["purchase_validate_facebook_instant"] = "{ validatedPurchases: Purchase[] }",
        ["purchase_validate_samsung"] = "{ validatedPurchases: Purchase[] }",
        ["purchase_get_by_transaction_id"] = "Purchase",
        ["subscription_validate_apple"] = "{ validatedSubscription: Subscription }",
        ["subscription_validate_google"] = "{ validatedSubscription: Subscription }",
        ["subscription_get_by_product_id"] = "Subscription",
        ["storage_write_retry"] = "StorageObjectAck[]",
        ["channel_messages_list"] = "{ messages: ChannelMessage[]; nextCursor: string; prevCursor: string }",
    };

    /// <summary>What a function returns to TypeScript.</summary>
    public static string Of(FunctionDescription function)
    {
        if (ByFunction.TryGetValue(function.Name, out var type)) return type;
        return function.ResultNames.Count switch
        {
            0 => "void",
            1 => Named(function.ResultNames[0]),
            _ => $"{{ {string.Join("; ", function.ResultNames.Select(static name => $"{JavaScriptConversion.Spelled(name)}{(name.EndsWith("cursor", StringComparison.Ordinal) ? "?" : "")}: {Named(name)}"))} }}",
        };
    }

    private static string Named(string name) => ByName.GetValueOrDefault(name, "any");
}
