<?php
// `php -S` serves one request at a time: while this page sleeps, nobody else gets a response.
if ($_SERVER['REQUEST_URI'] === '/slow') {
    sleep(3);
}
echo 'ok';
