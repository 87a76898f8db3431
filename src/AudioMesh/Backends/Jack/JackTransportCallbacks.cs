// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>The functions libjack calls for a client of the transport; each finds its session behind the argument.</summary>
internal static unsafe class JackTransportCallbacks
{
    /// <summary>What a timebase master is called by.</summary>
    public static delegate* unmanaged[Cdecl]<jack_transport_state_t, uint, jack_position_t*, int, void*, void> Timebase => &OnTimebase;

    /// <summary>Registers the others for a client that is not active yet. <paramref name="session"/> is a GCHandle of its session.</summary>
    public static void Install(LibJack jack, jack_client_t* client, void* session)
    {
        jack.jack_on_info_shutdown(client, JackCallbackShield.Of(&OnShutdown), session);
        int refused = jack.jack_set_thread_init_callback(client, JackCallbackShield.Of(&OnThreadInit), session)
            | jack.jack_set_process_callback(client, JackCallbackShield.Of(&OnProcess), session)
            | jack.jack_set_sync_callback(client, JackCallbackShield.Of(&OnSync), session)
            | jack.jack_set_xrun_callback(client, JackCallbackShield.Of(&OnXrun), session)
            | jack.jack_set_buffer_size_callback(client, JackCallbackShield.Of(&OnBufferSize), session);
        if (refused != 0)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, "jack: a callback was refused.");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static int OnProcess(uint frames, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.Process((int)frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static int OnSync(jack_transport_state_t state, jack_position_t* position, void* argument)
    {
        using Visit visit = new(argument);
        return visit.Session is not { } session || session.IsReady() ? 1 : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static void OnTimebase(jack_transport_state_t state, uint frames, jack_position_t* position, int isNew, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.FillBeats(position);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnThreadInit(void* argument)
    {
        Denormals.Flush();
        using Visit visit = new(argument);
        visit.Session?.OnThreadInit();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnXrun(void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnXrun();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnBufferSize(uint frames, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnBufferSize((int)frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnShutdown(jack_status_t status, byte* reason, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnShutdown(JackText.FromNative(reason));
    }

    /// <summary>One callback's stay with its session; none where the client is being closed.</summary>
    [RealtimeSafe]
    private readonly ref struct Visit
    {
        public Visit(void* argument)
        {
            JackTransportSession session = Unsafe.As<JackTransportSession>(GCHandle.FromIntPtr((nint)argument).Target!);
            Session = session.Gate.TryEnter() ? session : null;
        }

        public JackTransportSession? Session { get; }

        public void Dispose() => Session?.Gate.Leave();
    }
}
