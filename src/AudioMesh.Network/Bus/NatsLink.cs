// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Bus;

/// <summary>A connection to a cluster, which connects anew by itself. Any thread.</summary>
internal sealed unsafe class NatsLink : IDisposable
{
    private const int PingMs = 2000;
    private const int ReconnectWaitMs = 200;

    private readonly LibNats _nats = LibNats.Instance;
    private readonly natsConnection* _connection;
    private int _isDisposed;

    /// <summary>
    /// Connects, or goes on trying where no server is there. <paramref name="isPrompt"/>: what is published leaves at once, each by itself, and what comes waits for no other subscription. Throws PermissionDenied where the key is not taken, InvalidArgument for an address.
    /// </summary>
    public NatsLink(NatsBusOptions options, bool isPrompt = false)
    {
        natsConnection* connection = null;
        natsStatus status = Connect(options, isPrompt, &connection, goesOn: false);
        if (status is natsStatus.NATS_NO_SERVER or natsStatus.NATS_TIMEOUT or natsStatus.NATS_IO_ERROR)
        {
            status = Connect(options, isPrompt, &connection, goesOn: true);
        }

        if (status is not (natsStatus.NATS_OK or natsStatus.NATS_NOT_YET_CONNECTED))
        {
            throw NatsText.Error(status, $"connect to {string.Join(", ", options.Servers)}");
        }

        _connection = connection;
    }

    public natsConnection* Connection => _connection;

    public bool IsConnected => _nats.natsConnection_Status(_connection) == natsConnStatus.NATS_CONN_STATUS_CONNECTED;

    public bool Publish(string subject, string? reply, ReadOnlySpan<byte> payload)
    {
        fixed (byte* name = NatsText.Of(subject), to = reply is null ? null : NatsText.Of(reply), data = payload)
        {
            natsStatus status = reply is null
                ? _nats.natsConnection_Publish(_connection, name, data, payload.Length)
                : _nats.natsConnection_PublishRequest(_connection, name, to, data, payload.Length);
            return status == natsStatus.NATS_OK;
        }
    }

    public void Flush(int timeoutMs) => _nats.natsConnection_FlushTimeout(_connection, timeoutMs);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _nats.natsConnection_Close(_connection);
            _nats.natsConnection_Destroy(_connection);
        }
    }

    private static natsStatus Connect(NatsBusOptions options, bool isPrompt, natsConnection** connection, bool goesOn)
    {
        LibNats nats = LibNats.Instance;
        natsOptions* made = null;
        Check(nats.natsOptions_Create(&made));
        try
        {
            Set(made, options);
            Check(nats.natsOptions_SetSendAsap(made, isPrompt ? (byte)1 : (byte)0));
            Check(nats.natsOptions_UseGlobalMessageDelivery(made, isPrompt ? (byte)0 : (byte)1));
            Check(nats.natsOptions_SetRetryOnFailedConnect(made, goesOn ? (byte)1 : (byte)0, &IgnoreConnected, null));
            return nats.natsConnection_Connect(connection, made);
        }
        finally
        {
            nats.natsOptions_Destroy(made);
        }
    }

    private static void Set(natsOptions* made, NatsBusOptions options)
    {
        LibNats nats = LibNats.Instance;
        SetServers(made, options.Servers);
        fixed (byte* name = NatsText.Of(options.Name), token = NatsText.Of(options.Token), key = NatsText.Of(options.NKey), seed = NatsText.Of(options.NKeySeedFile))
        {
            Check(nats.natsOptions_SetName(made, name));
            _ = options.Token.Length > 0 && Check(nats.natsOptions_SetToken(made, token));
            _ = options.NKeySeedFile.Length > 0 && Check(nats.natsOptions_SetNKeyFromSeed(made, key, seed));
        }

        fixed (byte* credentials = NatsText.Of(options.CredentialsFile), authorities = NatsText.Of(options.CertificateAuthorityFile))
        {
            _ = options.CredentialsFile.Length > 0 && Check(nats.natsOptions_SetUserCredentialsFromFiles(made, credentials, null));
            _ = options.CertificateAuthorityFile.Length > 0
                && Check(nats.natsOptions_SetSecure(made, 1))
                && Check(nats.natsOptions_LoadCATrustedCertificates(made, authorities));
        }

        Check(nats.natsOptions_SetMaxReconnect(made, -1));
        Check(nats.natsOptions_SetReconnectWait(made, ReconnectWaitMs));
        Check(nats.natsOptions_SetReconnectJitter(made, ReconnectWaitMs, ReconnectWaitMs));
        Check(nats.natsOptions_SetPingInterval(made, PingMs));
        Check(nats.natsOptions_SetErrorHandler(made, &Ignore, null));
    }

    private static void SetServers(natsOptions* made, IReadOnlyList<string> servers)
    {
        byte** names = (byte**)NativeMemory.AllocZeroed((nuint)servers.Count, (nuint)sizeof(byte*));
        try
        {
            for (int i = 0; i < servers.Count; i++)
            {
                names[i] = (byte*)Marshal.StringToCoTaskMemUTF8(servers[i]);
            }

            Check(LibNats.Instance.natsOptions_SetServers(made, names, servers.Count));
        }
        finally
        {
            for (int i = 0; i < servers.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)names[i]);
            }

            NativeMemory.Free(names);
        }
    }

    private static bool Check(natsStatus status) => status == natsStatus.NATS_OK ? true : throw NatsText.Error(status, "take its options");

    // Without one libnats writes to standard error; who is too slow or was cut off is seen by other means.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(natsConnection* connection, natsSubscription* subscription, natsStatus status, void* closure)
    {
    }

    // Without one the call waits until there is a server.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void IgnoreConnected(natsConnection* connection, void* closure)
    {
    }
}
