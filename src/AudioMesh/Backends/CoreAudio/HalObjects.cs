// SPDX-License-Identifier: MIT
using System.Text;
using AudioMesh.Interop;
using static AudioMesh.Interop.CoreAudioFramework;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// Reads and sets properties of the HAL's objects. Every call may hang as long as the audio server does, so all are made from a
/// <see cref="HalThread"/>, none from a listener or an IOProc. Errors are those of <see cref="HalStatus"/>.
/// </summary>
internal sealed unsafe class HalObjects(CoreAudioFramework library)
{
    /// <summary>The value of a property of fixed size.</summary>
    public T Get<T>(uint id, uint selector, uint scope = kAudioObjectPropertyScopeGlobal)
        where T : unmanaged
    {
        AudioObjectPropertyAddress address = Address(selector, scope);
        T value = default;
        uint size = (uint)sizeof(T);
        Check(library.AudioObjectGetPropertyData(id, &address, 0, null, &size, &value), "reading", selector, id);
        return value;
    }

    /// <summary>The value of a property that not every object has, or <paramref name="absent"/>.</summary>
    public T GetOr<T>(uint id, uint selector, uint scope, T absent)
        where T : unmanaged
    {
        AudioObjectPropertyAddress address = Address(selector, scope);
        return library.AudioObjectHasProperty(id, &address) != 0 ? Get<T>(id, selector, scope) : absent;
    }

    /// <summary>The value of a property that is a list.</summary>
    public T[] List<T>(uint id, uint selector, uint scope = kAudioObjectPropertyScopeGlobal)
        where T : unmanaged
    {
        byte[] bytes = Bytes(id, selector, scope);
        T[] values = new T[bytes.Length / sizeof(T)];
        fixed (byte* from = bytes)
        {
            new ReadOnlySpan<T>(from, values.Length).CopyTo(values);
        }

        return values;
    }

    /// <summary>The value of a property of any size.</summary>
    public byte[] Bytes(uint id, uint selector, uint scope)
    {
        AudioObjectPropertyAddress address = Address(selector, scope);
        uint size = 0;
        Check(library.AudioObjectGetPropertyDataSize(id, &address, 0, null, &size), "measuring", selector, id);
        if (size == 0)
        {
            return [];
        }

        byte[] bytes = new byte[size];
        fixed (byte* to = bytes)
        {
            Check(library.AudioObjectGetPropertyData(id, &address, 0, null, &size, to), "reading", selector, id);
        }

        return bytes.AsSpan(0, (int)size).ToArray();
    }

    /// <summary>The value of a property that is a string.</summary>
    public string Text(uint id, uint selector)
    {
        __CFString* text = (__CFString*)Get<nint>(id, selector);
        if (text == null)
        {
            return "";
        }

        try
        {
            byte[] utf8 = new byte[library.CFStringGetMaximumSizeForEncoding(library.CFStringGetLength(text), kCFStringEncodingUTF8) + 1];
            fixed (byte* buffer = utf8)
            {
                return library.CFStringGetCString(text, buffer, utf8.Length, kCFStringEncodingUTF8) != 0
                    ? Encoding.UTF8.GetString(utf8, 0, utf8.AsSpan().IndexOf((byte)0))
                    : "";
            }
        }
        finally
        {
            library.CFRelease(text);
        }
    }

    /// <summary>Sets a property of fixed size; the device may take its time to follow.</summary>
    public void Set<T>(uint id, uint selector, T value)
        where T : unmanaged
    {
        AudioObjectPropertyAddress address = Address(selector, kAudioObjectPropertyScopeGlobal);
        Check(library.AudioObjectSetPropertyData(id, &address, 0, null, (uint)sizeof(T), &value), "setting", selector, id);
    }

    /// <summary>The device with this UID, or 0.</summary>
    public uint DeviceOf(string uid)
    {
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(uid + '\0'))
        {
            __CFString* text = library.CFStringCreateWithCString(null, utf8, kCFStringEncodingUTF8);
            if (text == null)
            {
                return kAudioObjectUnknown;
            }

            try
            {
                AudioObjectPropertyAddress address = Address(kAudioHardwarePropertyTranslateUIDToDevice, kAudioObjectPropertyScopeGlobal);
                uint device = kAudioObjectUnknown;
                uint size = sizeof(uint);
                int status = library.AudioObjectGetPropertyData(
                    kAudioObjectSystemObject, &address, (uint)sizeof(nint), &text, &size, &device);
                HalStatus.Check(status, $"looking for '{uid}'");
                return device;
            }
            finally
            {
                library.CFRelease(text);
            }
        }
    }

    /// <summary>The address of a property of an object's main element.</summary>
    public static AudioObjectPropertyAddress Address(uint selector, uint scope) =>
        new() { mSelector = selector, mScope = scope, mElement = kAudioObjectPropertyElementMain };

    private static void Check(int status, string doing, uint selector, uint id)
    {
        if (status != kAudioHardwareNoError)
        {
            HalStatus.Check(status, $"{doing} property {HalStatus.Spell((int)selector)} of object {id}");
        }
    }
}
