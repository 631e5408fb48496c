namespace Nakama.Tests.Database;

/// <summary>
/// The schema that both servers share. Types are abbreviated (vc = character varying, tstz = timestamp with time zone,
/// i2, i4, i8), N is nullable, and defaults are now, epoch, nil (the UUID of zeros) or the value itself.
/// </summary>
internal static class ExpectedSchema
{
    public const string Text = """
        table console_acl_template
          id uuid
          name vc(64)
          description vc(64) = ''
          acl jsonb = {}
          create_time tstz = now
          update_time tstz = now
          check console_acl_template_name_check (length(name) > 0)
          primary key console_acl_template_pkey (id)
          unique template_name_uniq (name)
        table console_audit_log
          create_time tstz = now
          id uuid
          console_user_id uuid
          console_username text
          email text
          action text
          resource text
          message text
          metadata jsonb = {}
          primary key console_audit_log_pkey (create_time, console_username, action, resource, id)
          unique console_audit_log_id_key (id)
        table console_user
          create_time tstz = now
          disable_time tstz = epoch
          email vc(255)
          id uuid
          metadata jsonb = {}
          password bytea N
          update_time tstz = now
          username vc(128)
          mfa_secret bytea N
          mfa_recovery_codes bytea N
          mfa_required boolean N = false
          acl jsonb = {"admin": false}
          check console_user_password_check (length(password) < 32000)
          primary key console_user_pkey (id)
          unique console_user_email_uniq (email)
          unique console_user_username_uniq (username)
        table group_edge
          source_id uuid
          position i8
          update_time tstz = now
          destination_id uuid
          state i2 = 0
          check group_edge_destination_id_check (destination_id <> nil)
          check group_edge_source_id_check (source_id <> nil)
          primary key group_edge_pkey (source_id, state, position)
          unique group_edge_source_id_destination_id_key (source_id, destination_id)
        table groups
          id uuid
          creator_id uuid
          name vc(255)
          description vc(255) N
          avatar_url vc(512) N
          lang_tag vc(18) = 'en'
          metadata jsonb = {}
          state i2 = 0
          edge_count i4 = 0
          max_count i4 = 100
          create_time tstz = now
          update_time tstz = now
          disable_time tstz = epoch
          check groups_check ((edge_count >= 1) AND (edge_count <= max_count))
          check groups_max_count_check (max_count >= 1)
          check groups_state_check (state >= 0)
          primary key groups_pkey (disable_time, lang_tag, edge_count, id)
          unique groups_id_key (id)
          unique groups_name_key (name)
          index edge_count_update_time_id_idx btree (disable_time, edge_count, update_time, id)
          index update_time_edge_count_id_idx btree (disable_time, update_time, edge_count, id)
        table leaderboard
          id vc(128)
          authoritative boolean = false
          sort_order i2 = 1
          operator i2 = 0
          reset_schedule vc(64) N
          metadata jsonb = {}
          create_time tstz = now
          category i2 = 0
          description vc(255) = ''
          duration i4 = 0
          end_time tstz = epoch
          join_required boolean = false
          max_size i4 = 100000000
          max_num_score i4 = 1000000
          title vc(255) = ''
          size i4 = 0
          start_time tstz = now
          enable_ranks boolean N = true
          check leaderboard_category_check (category >= 0)
          check leaderboard_duration_check (duration >= 0)
          check leaderboard_max_num_score_check (max_num_score > 0)
          check leaderboard_max_size_check (max_size > 0)
          primary key leaderboard_pkey (id)
          index duration_start_time_end_time_category_idx btree (duration, start_time, end_time DESC, category)
          index leaderboard_create_time_id_idx btree (create_time, id)
        table leaderboard_record
          leaderboard_id vc(128)
          owner_id uuid
          username vc(128) N
          score i8 = 0
          subscore i8 = 0
          num_score i4 = 1
          metadata jsonb = {}
          create_time tstz = now
          update_time tstz = now
          expiry_time tstz = epoch
          max_num_score i4 = 1000000
          check leaderboard_record_max_num_score_check (max_num_score > 0)
          check leaderboard_record_num_score_check (num_score >= 0)
          check leaderboard_record_score_check (score >= 0)
          check leaderboard_record_subscore_check (subscore >= 0)
          foreign key leaderboard_record_leaderboard_id_fkey (leaderboard_id) REFERENCES leaderboard(id) ON DELETE CASCADE
          primary key leaderboard_record_pkey (leaderboard_id, expiry_time, score, subscore, owner_id)
          unique leaderboard_record_owner_id_leaderboard_id_expiry_time_key (owner_id, leaderboard_id, expiry_time)
          index owner_id_expiry_time_leaderboard_id_idx btree (owner_id, expiry_time, leaderboard_id)
        table message
          id uuid
          code i2 = 0
          sender_id uuid
          username vc(128)
          stream_mode i2
          stream_subject uuid
          stream_descriptor uuid
          stream_label vc(128)
          content jsonb = {}
          create_time tstz = now
          update_time tstz = now
          foreign key message_sender_id_fkey (sender_id) REFERENCES users(id) ON DELETE CASCADE
          primary key message_pkey (stream_mode, stream_subject, stream_descriptor, stream_label, create_time, id)
          unique message_id_key (id)
          unique message_sender_id_id_key (sender_id, id)
        table migration_info
          id text
          applied_at tstz = now
          primary key migration_info_pkey (id)
        table notification
          id uuid
          user_id uuid
          subject vc(255)
          content jsonb = {}
          code i2
          sender_id uuid
          create_time tstz = now
          foreign key notification_user_id_fkey (user_id) REFERENCES users(id) ON DELETE CASCADE
          primary key notification_pkey (user_id, create_time, id)
          unique notification_id_key (id)
        table purchase
          create_time tstz = now
          environment i2 = 0
          product_id vc(512)
          purchase_time tstz = now
          raw_response jsonb = {}
          store i2 = 0
          transaction_id vc(512)
          update_time tstz = now
          user_id uuid = nil
          refund_time tstz = epoch
          check purchase_transaction_id_check (length(transaction_id) > 0)
          foreign key purchase_user_id_fkey (user_id) REFERENCES users(id) ON DELETE SET DEFAULT
          primary key purchase_pkey (transaction_id)
          index purchase_time_user_id_transaction_id_idx btree (purchase_time DESC, user_id DESC, transaction_id DESC)
        table setting
          name vc(64)
          value jsonb = {}
          update_time tstz = now
          check setting_name_check (length(name) > 0)
          primary key setting_name_uniq (name)
        table storage
          collection vc(128)
          key vc(128)
          user_id uuid
          value jsonb = {}
          version vc(32)
          read i2 = 1
          write i2 = 1
          create_time tstz = now
          update_time tstz = now
          check storage_read_check (read >= 0)
          check storage_write_check (write >= 0)
          foreign key storage_user_id_fkey (user_id) REFERENCES users(id) ON DELETE CASCADE
          primary key storage_pkey (collection, key, user_id)
          index collection_read_key_user_id_idx btree (collection, read, key, user_id)
          index collection_read_user_id_key_idx btree (collection, read, user_id, key)
          index collection_user_id_read_key_idx btree (collection, user_id, read, key)
          index storage_auto_index_fk_user_id_ref_users btree (user_id)
        table subscription
          original_transaction_id vc(512)
          create_time tstz = now
          update_time tstz = now
          environment i2 = 0
          product_id vc(512)
          purchase_time tstz = now
          store i2 = 0
          user_id uuid = nil
          expire_time tstz
          raw_response jsonb = {}
          raw_notification jsonb = {}
          refund_time tstz = epoch
          check subscription_original_transaction_id_check (length(original_transaction_id) > 0)
          foreign key subscription_user_id_fkey (user_id) REFERENCES users(id) ON DELETE SET DEFAULT
          primary key subscription_pkey (original_transaction_id)
          index subscription_time_user_id_transaction_id_idx btree (purchase_time DESC, user_id DESC, original_transaction_id DESC)
        table user_device
          id vc(128)
          user_id uuid
          preferences jsonb = {}
          push_token_amazon vc(512) = ''
          push_token_android vc(512) = ''
          push_token_huawei vc(512) = ''
          push_token_ios vc(512) = ''
          push_token_web vc(512) = ''
          foreign key user_device_user_id_fkey (user_id) REFERENCES users(id) ON DELETE CASCADE
          primary key user_device_pkey (id)
          unique user_device_user_id_id_key (user_id, id)
        table user_edge
          source_id uuid
          position i8
          update_time tstz = now
          destination_id uuid
          state i2 = 0
          metadata jsonb = {}
          check user_edge_destination_id_check (destination_id <> nil)
          check user_edge_source_id_check (source_id <> nil)
          foreign key user_edge_destination_id_fkey (destination_id) REFERENCES users(id) ON DELETE CASCADE
          foreign key user_edge_source_id_fkey (source_id) REFERENCES users(id) ON DELETE CASCADE
          primary key user_edge_pkey (source_id, state, position)
          unique user_edge_source_id_destination_id_key (source_id, destination_id)
          index user_edge_auto_index_fk_destination_id_ref_users btree (destination_id)
        table user_tombstone
          user_id uuid
          create_time tstz = now
          primary key user_tombstone_pkey (create_time, user_id)
          unique user_tombstone_user_id_key (user_id)
        table users
          id uuid
          username vc(128)
          display_name vc(255) N
          avatar_url vc(512) N
          lang_tag vc(18) = 'en'
          location vc(255) N
          timezone vc(255) N
          metadata jsonb = {}
          wallet jsonb = {}
          email vc(255) N
          password bytea N
          facebook_id vc(128) N
          google_id vc(128) N
          gamecenter_id vc(128) N
          steam_id vc(128) N
          custom_id vc(128) N
          edge_count i4 = 0
          create_time tstz = now
          update_time tstz = now
          verify_time tstz = epoch
          disable_time tstz = epoch
          facebook_instant_game_id vc(128) N
          apple_id vc(128) N
          check users_edge_count_check (edge_count >= 0)
          check users_password_check (length(password) < 32000)
          primary key users_pkey (id)
          unique users_apple_id_key (apple_id)
          unique users_custom_id_key (custom_id)
          unique users_email_key (email)
          unique users_facebook_id_key (facebook_id)
          unique users_facebook_instant_game_id_key (facebook_instant_game_id)
          unique users_gamecenter_id_key (gamecenter_id)
          unique users_google_id_key (google_id)
          unique users_steam_id_key (steam_id)
          unique users_username_key (username)
          index users_display_name_idx gin (display_name gin_trgm_ops)
        table users_notes
          id uuid
          user_id uuid
          create_time tstz = now
          update_time tstz = now
          note text
          create_id uuid N
          update_id uuid N
          foreign key users_notes_user_id_fkey (user_id) REFERENCES users(id) ON DELETE CASCADE
          primary key users_notes_pkey (user_id, create_time, id)
          unique users_notes_id_key (id)
        table wallet_ledger
          id uuid
          user_id uuid
          changeset jsonb
          metadata jsonb
          create_time tstz = now
          update_time tstz = now
          foreign key wallet_ledger_user_id_fkey (user_id) REFERENCES users(id) ON DELETE CASCADE
          primary key wallet_ledger_pkey (user_id, create_time, id)
          unique wallet_ledger_id_key (id)
        """;
}
