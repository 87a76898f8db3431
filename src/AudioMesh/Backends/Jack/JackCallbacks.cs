// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Backends.Jack;

/// <summary>The functions libjack calls; each finds its session behind the argument.</summary>
internal static unsafe class JackCallbacks
{
    /// <summary>Registers all of them for a client that is not active yet. <paramref name="session"/> is a GCHandle of its session.</summary>
    public static void Install(LibJack jack, jack_client_t* client, void* session)
    {
        jack.jack_on_info_shutdown(client, JackCallbackShield.Of(&OnShutdown), session);
        Require(jack.jack_set_thread_init_callback(client, JackCallbackShield.Of(&OnThreadInit), session));
        Require(jack.jack_set_process_callback(client, JackCallbackShield.Of(&OnProcess), session));
        Require(jack.jack_set_xrun_callback(client, JackCallbackShield.Of(&OnXrun), session));
        Require(jack.jack_set_buffer_size_callback(client, JackCallbackShield.Of(&OnBufferSize), session));
        Require(jack.jack_set_sample_rate_callback(client, JackCallbackShield.Of(&OnSampleRate), session));
        Require(jack.jack_set_freewheel_callback(client, JackCallbackShield.Of(&OnFreewheel), session));
        Require(jack.jack_set_latency_callback(client, JackCallbackShield.Of(&OnLatency), session));
        Require(jack.jack_set_port_connect_callback(client, JackCallbackShield.Of(&OnPortConnect), session));
        Require(jack.jack_set_port_registration_callback(client, JackCallbackShield.Of(&OnPortRegistration), session));
    }

    private static void Require(int result)
    {
        if (result != 0)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, "jack: a callback was refused.");
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static int OnProcess(uint frames, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.Process(frames);
        return 0;
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
    private static int OnSampleRate(uint rate, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnSampleRate((int)rate);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreewheel(int starting, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnFreewheel(starting != 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLatency(jack_latency_callback_mode_t mode, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnLatency(mode);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPortConnect(uint a, uint b, int connected, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnPortConnect(a, b);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPortRegistration(uint port, int registered, void* argument)
    {
        using Visit visit = new(argument);
        visit.Session?.OnPortRegistration(registered != 0);
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
            JackSession session = Unsafe.As<JackSession>(GCHandle.FromIntPtr((nint)argument).Target!);
            Session = session.Gate.TryEnter() ? session : null;
        }

        public JackSession? Session { get; }

        public void Dispose() => Session?.Gate.Leave();
    }
}
