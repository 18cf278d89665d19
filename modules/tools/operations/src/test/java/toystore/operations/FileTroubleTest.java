package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
  @Test
  void aReasonIsInWordsAndNamesTheFile() {
    assertEquals(
        "user " + System.getProperty("user.name") + " has no permission for /x",
        FileTrouble.reason(new AccessDeniedException("/x")));
    assertEquals("/x does not exist", FileTrouble.reason(new NoSuchFileException("/x")));
    assertEquals(
        "/x is there, and is no folder", FileTrouble.reason(new FileAlreadyExistsException("/x")));
    assertEquals(
        "No space left on device (/x)",
        FileTrouble.reason(new FileSystemException("/x", null, "No space left on device")));
    assertEquals("broken pipe", FileTrouble.reason(new IOException("broken pipe")));
    assertEquals("IOException", FileTrouble.reason(new IOException()));
  }
}
