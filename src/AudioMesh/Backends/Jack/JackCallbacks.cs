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
        jack.jack_on_info_shutdown(client, &OnShutdown, session);
        Require(jack.jack_set_thread_init_callback(client, &OnThreadInit, session));
        Require(jack.jack_set_process_callback(client, &OnProcess, session));
        Require(jack.jack_set_xrun_callback(client, &OnXrun, session));
        Require(jack.jack_set_buffer_size_callback(client, &OnBufferSize, session));
        Require(jack.jack_set_sample_rate_callback(client, &OnSampleRate, session));
        Require(jack.jack_set_freewheel_callback(client, &OnFreewheel, session));
        Require(jack.jack_set_latency_callback(client, &OnLatency, session));
        Require(jack.jack_set_port_connect_callback(client, &OnPortConnect, session));
        Require(jack.jack_set_port_registration_callback(client, &OnPortRegistration, session));
    }

    private static void Require(int result)
    {
        if (result != 0)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"jack: a callback was refused.{JackMessages.Last()}");
        }
    }

    [RealtimeSafe]
    private static JackSession Session(void* argument) => Unsafe.As<JackSession>(GCHandle.FromIntPtr((nint)argument).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [RealtimeSafe]
    private static int OnProcess(uint frames, void* argument)
    {
        Session(argument).Process(frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnThreadInit(void* argument) => Denormals.Flush();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnXrun(void* argument)
    {
        Session(argument).OnXrun();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnBufferSize(uint frames, void* argument)
    {
        Session(argument).OnBufferSize((int)frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSampleRate(uint rate, void* argument)
    {
        Session(argument).OnSampleRate((int)rate);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFreewheel(int starting, void* argument) => Session(argument).OnFreewheel(starting != 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLatency(jack_latency_callback_mode_t mode, void* argument) => Session(argument).OnLatency(mode);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPortConnect(uint a, uint b, int connected, void* argument) => Session(argument).OnPortConnect(a, b);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPortRegistration(uint port, int registered, void* argument) => Session(argument).OnPortRegistration(registered != 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnShutdown(jack_status_t status, byte* reason, void* argument) => Session(argument).OnShutdown(JackText.FromNative(reason));
}
