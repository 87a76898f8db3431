// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Control;

namespace AudioMesh.Native;

/// <summary>The functions of audiomesh.h that are about the library and about engines. Contracts are stated there.</summary>
internal static unsafe class Exports
{
    private const uint AbiVersion = 1;
    private static readonly nint VersionText = Marshal.StringToCoTaskMemUTF8(ProductVersion.Text);
    private static readonly nint[] StatusNames = MakeStatusNames();

    [ThreadStatic]
    private static byte[]? _reply;

    [UnmanagedCallersOnly(EntryPoint = "am_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    public static uint GetAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "am_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetVersion() => (byte*)VersionText;

    [UnmanagedCallersOnly(EntryPoint = "am_status_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetStatusName(int status) => (byte*)StatusNames[(uint)status < (uint)StatusNames.Length ? status : 1];

    [UnmanagedCallersOnly(EntryPoint = "am_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint GetLastError(byte* text, nuint capacity)
    {
        ReadOnlySpan<byte> last = LastError.Text;
        if (text != null && capacity > 0)
        {
            int count = Math.Min(last.Length, (int)Math.Min(capacity - 1, int.MaxValue));
            last[..count].CopyTo(new Span<byte>(text, count));
            text[count] = 0;
        }

        return (nuint)last.Length;
    }

    [UnmanagedCallersOnly(EntryPoint = "am_engine_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int Create(byte* options, nuint length, void** engine)
    {
        try
        {
            Arguments.NotNull(engine, "engine");
            *engine = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(new EngineHandle(Arguments.Copy(options, length))));
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_engine_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static int Destroy(void* engine)
    {
        try
        {
            if (engine != null)
            {
                EngineHandle.From(engine).Dispose();
                GCHandle.FromIntPtr((nint)engine).Free();
            }

            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_engine_request", CallConvs = [typeof(CallConvCdecl)])]
    public static int Request(void* engine, byte* request, nuint length, byte* reply, nuint capacity, nuint* replyLength)
    {
        try
        {
            EngineHandle handle = EngineHandle.From(engine);
            Arguments.NotNull(replyLength, "reply_length");
            byte[] answer = request != null
                ? handle.Request(Arguments.Copy(request, length))
                : _reply ?? throw new AudioMeshException(AudioErrorKind.InvalidState, "There is no reply left to fetch.");
            _reply = null;
            *replyLength = (nuint)answer.Length;
            if ((nuint)answer.Length > capacity || reply == null)
            {
                _reply = answer;
                throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"The reply is {answer.Length} bytes long.");
            }

            answer.CopyTo(new Span<byte>(reply, answer.Length));
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_engine_next_event", CallConvs = [typeof(CallConvCdecl)])]
    public static int NextEvent(void* engine, byte* text, nuint capacity, nuint* length, int timeoutMs)
    {
        try
        {
            EngineHandle handle = EngineHandle.From(engine);
            Arguments.NotNull(length, "event_length");
            *length = 0;
            if (!handle.WaitEvent(timeoutMs, out ReadOnlyMemory<byte> next))
            {
                return (int)AudioErrorKind.Timeout;
            }

            *length = (nuint)next.Length;
            if ((nuint)next.Length > capacity || text == null)
            {
                return (int)AudioErrorKind.LimitExceeded;
            }

            next.Span.CopyTo(new Span<byte>(text, next.Length));
            handle.TakeEvent();
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "am_engine_telemetry", CallConvs = [typeof(CallConvCdecl)])]
    public static int GetTelemetry(void* engine, byte* telemetry)
    {
        try
        {
            Arguments.NotNull(telemetry, "telemetry");
            Telemetry.Write(EngineHandle.From(engine).Engine.GetTelemetry(), telemetry);
            return 0;
        }
        catch (Exception error)
        {
            return LastError.Set(error);
        }
    }

    private static nint[] MakeStatusNames()
    {
        nint[] names = new nint[(int)AudioErrorKind.Busy + 1];
        names[0] = Marshal.StringToCoTaskMemUTF8("ok");
        for (int i = 1; i < names.Length; i++)
        {
            names[i] = Marshal.StringToCoTaskMemUTF8(((AudioErrorKind)i).ToCode());
        }

        return names;
    }
}
