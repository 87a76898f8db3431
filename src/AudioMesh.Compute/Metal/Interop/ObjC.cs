// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;

namespace AudioMesh.Compute.Metal.Interop;

/// <summary>Apple's Objective-C runtime: classes and selectors by name, ownership, and the function that sends messages.</summary>
internal sealed unsafe class ObjC
{
    private readonly delegate* unmanaged<byte*, nint> _getClass;
    private readonly delegate* unmanaged<byte*, nint> _registerName;
    private readonly delegate* unmanaged<nint, nint> _retain;
    private readonly delegate* unmanaged<nint, void> _release;
    private readonly delegate* unmanaged<nint> _push;
    private readonly delegate* unmanaged<nint, void> _pop;

    /// <param name="runtime">libobjc.</param>
    /// <param name="blocks">What exports <c>_NSConcreteStackBlock</c>.</param>
    public ObjC(nint runtime, nint blocks)
    {
        Send = (void*)NativeLibrary.GetExport(runtime, "objc_msgSend");
        StackBlock = NativeLibrary.GetExport(blocks, "_NSConcreteStackBlock");
        _getClass = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(runtime, "objc_getClass");
        _registerName = (delegate* unmanaged<byte*, nint>)NativeLibrary.GetExport(runtime, "sel_registerName");
        _retain = (delegate* unmanaged<nint, nint>)NativeLibrary.GetExport(runtime, "objc_retain");
        _release = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(runtime, "objc_release");
        _push = (delegate* unmanaged<nint>)NativeLibrary.GetExport(runtime, "objc_autoreleasePoolPush");
        _pop = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(runtime, "objc_autoreleasePoolPop");
    }

    /// <summary><c>objc_msgSend</c>, to be cast to the message's own shape: it passes on the arguments of whatever it is called with.</summary>
    public void* Send { get; }

    /// <summary>The class of blocks on the stack, which whoever keeps one copies.</summary>
    public nint StackBlock { get; }

    public nint Class(string name)
    {
        fixed (byte* text = Utf8(name))
        {
            return _getClass(text);
        }
    }

    public nint Selector(string name)
    {
        fixed (byte* text = Utf8(name))
        {
            return _registerName(text);
        }
    }

    public nint Retain(nint instance) => _retain(instance);

    /// <summary>Nil is allowed.</summary>
    public void Release(nint instance) => _release(instance);

    /// <summary>Opens a pool for what is autoreleased on this thread until it is disposed of.</summary>
    public AutoreleasePool OpenPool() => new(_push(), _pop);

    /// <summary>Ends with a zero byte, and so is never empty.</summary>
    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');
}
