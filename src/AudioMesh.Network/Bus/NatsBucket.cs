// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Network.Interop;

namespace AudioMesh.Network.Bus;

/// <summary>Reads a bucket of JetStream: what it holds, and then what changes. One thread.</summary>
internal sealed unsafe class NatsBucket : IDisposable
{
    /// <summary>Room for what kvConfig became in later versions.</summary>
    private const int ConfigBytes = 1024;

    private readonly LibNats _nats = LibNats.Instance;
    private readonly jsCtx* _context;
    private readonly kvStore* _store;
    private readonly kvWatcher* _watcher;

    /// <summary>Opens it, makes it where there is none. Throws DeviceUnavailable, Timeout.</summary>
    public NatsBucket(NatsLink link, string bucket, int replicas)
    {
        jsCtx* context = null;
        kvStore* store = null;
        kvWatcher* watcher = null;
        natsStatus status = _nats.natsConnection_JetStream(&context, link.Connection, null);
        status = status == natsStatus.NATS_OK ? Open(context, bucket, replicas, &store) : status;
        status = status == natsStatus.NATS_OK ? _nats.kvStore_WatchAll(&watcher, store, null) : status;
        _context = context;
        _store = store;
        _watcher = watcher;
        if (status != natsStatus.NATS_OK)
        {
            Dispose();
            throw NatsText.Error(status, $"open the table '{bucket}'");
        }
    }

    /// <summary>Takes the next value. False: the time is over; <paramref name="value"/> null: all that was there has been read. Throws where it cannot go on.</summary>
    public bool TryNext(int timeoutMs, out byte[]? value)
    {
        value = null;
        kvEntry* entry = null;
        natsStatus status = _nats.kvWatcher_Next(&entry, _watcher, timeoutMs);
        if (status == natsStatus.NATS_TIMEOUT)
        {
            return false;
        }

        if (status != natsStatus.NATS_OK)
        {
            throw NatsText.Error(status, "read a table");
        }

        if (entry != null)
        {
            value = new ReadOnlySpan<byte>(_nats.kvEntry_Value(entry), _nats.kvEntry_ValueLen(entry)).ToArray();
            _nats.kvEntry_Destroy(entry);
        }

        return true;
    }

    public void Dispose()
    {
        if (_watcher != null)
        {
            _nats.kvWatcher_Stop(_watcher);
            _nats.kvWatcher_Destroy(_watcher);
        }

        _nats.kvStore_Destroy(_store);
        _nats.jsCtx_Destroy(_context);
    }

    private natsStatus Open(jsCtx* context, string bucket, int replicas, kvStore** store)
    {
        fixed (byte* name = NatsText.Of(bucket))
        {
            natsStatus status = _nats.js_KeyValue(store, context, name);
            if (status != natsStatus.NATS_NOT_FOUND)
            {
                return status;
            }

            kvConfig* config = (kvConfig*)NativeMemory.AllocZeroed(ConfigBytes);
            try
            {
                _nats.kvConfig_Init(config);
                config->Bucket = name;
                config->MaxValueSize = BusLimits.ValueBytes + FrameWriter.MostBytes - BusLimits.PayloadBytes;
                config->History = 1;
                config->StorageType = jsStorageType.js_FileStorage;
                config->Replicas = replicas;
                status = _nats.js_CreateKeyValue(store, context, config);
                return status == natsStatus.NATS_OK ? status : _nats.js_KeyValue(store, context, name); // somebody else may have been first
            }
            finally
            {
                NativeMemory.Free(config);
            }
        }
    }
}
